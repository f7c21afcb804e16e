package trial

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// AllAtOnce does something n times at once and reports whether it always held.
func (g *Gateway) AllAtOnce(n int, do func(i int) bool) bool {
	var failed atomic.Bool
	g.AtOnce(n, func(i int) {
		if !do(i) {
			failed.Store(true)
		}
	})
	return !failed.Load()
}

// AtOnce does something n times at once, by a clock that stands still until
// all of them sleep or have ended: however slow the machine, who sleeps for a
// moment is met by all who come within it.
func (g *Gateway) AtOnce(n int, do func(i int)) {
	g.T.Helper()
	synctest.Test(g.T, func(*testing.T) {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() { do(i) })
		}
		all.Wait()
	})
}
