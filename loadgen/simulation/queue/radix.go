package queue

import "math/bits"

// grain is how many low bits of the time the radix does not sort by: what lies
// within 65 µs of the last event taken is in a heap. Many events at one instant
// would otherwise be looked through again for each of them.
const grain = 16

// Radix is a monotone radix heap (Ahuja, Mehlhorn, Orlin and Tarjan, 1990): no
// event may be pushed that is due before the last one taken. The zero value is
// empty and ready.
type Radix struct {
	near    Heap // due within a grain of last
	far     [64 - grain + 1]bucket
	spare   *chunk // a list of chunks without events
	pending int
	last    int64 // when the last event that was taken was due
}

// bucket holds events of which the highest bit in which their time differs from
// that of the last event taken is the same.
type bucket struct {
	head  *chunk
	least int64 // the earliest time, if it holds any
}

// chunk is 4 KiB of events.
type chunk struct {
	next   *chunk
	n      int
	events [255]Event
}

// Len is how many events are pending.
func (r *Radix) Len() int { return r.pending }

// Push adds an event. One that is due before the last one taken is due now.
func (r *Radix) Push(e Event) {
	e.At = max(e.At, r.last)
	r.pending++
	r.place(e)
}

func (r *Radix) place(e Event) {
	if i := bits.Len64(uint64(e.At^r.last) >> grain); i > 0 {
		r.put(&r.far[i], e)
		return
	}
	r.near.Push(e)
}

func (r *Radix) put(b *bucket, e Event) {
	if b.head == nil || e.At < b.least {
		b.least = e.At
	}
	if b.head == nil || b.head.n == len(b.head.events) {
		fresh := r.chunk()
		fresh.next, b.head = b.head, fresh
	}
	b.head.events[b.head.n] = e
	b.head.n++
}

func (r *Radix) chunk() *chunk {
	c := r.spare
	if c == nil {
		return &chunk{}
	}
	r.spare = c.next
	return c
}

// Pop takes the first event. There must be one.
func (r *Radix) Pop() Event {
	if r.near.Len() == 0 {
		r.advance()
	}
	r.pending--
	e := r.near.Pop()
	r.last = e.At
	return e
}

// advance spreads the first bucket that holds anything over those before it.
func (r *Radix) advance() {
	i := 1
	for r.far[i].head == nil {
		i++
	}
	full := r.far[i]
	r.far[i] = bucket{}
	r.last = full.least
	for c := full.head; c != nil; {
		for _, e := range c.events[:c.n] {
			r.place(e)
		}
		next := c.next
		c.n, c.next = 0, r.spare
		r.spare, c = c, next
	}
}
