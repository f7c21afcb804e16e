package gateway

import "sync"

// copyBuffer is as large as the one that httputil.ReverseProxy would make for
// each answer.
type copyBuffer [32 << 10]byte

// Buffers lends what answers are copied through. Made anew for each call, they
// are nearly all of the garbage of a proxy.
type Buffers struct{}

var copyBuffers = sync.Pool{New: func() any { return new(copyBuffer) }}

// Get implements httputil.BufferPool.
func (Buffers) Get() []byte { return copyBuffers.Get().(*copyBuffer)[:] }

// Put implements httputil.BufferPool.
func (Buffers) Put(b []byte) { copyBuffers.Put((*copyBuffer)(b)) }
