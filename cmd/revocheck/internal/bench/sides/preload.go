package sides

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/revocheck/revocheck/loadgen"
)

// preload fills the store with revoked tokens: straight into the store or, of
// a service that runs policies, by as many logouts.
func (g *gateway) preload(r *http.Request, o mintOrder) (preloadAnswer, error) {
	if o.Count <= 0 {
		return preloadAnswer{}, nil
	}
	if f, ok := redisFiller(g.config); ok {
		each, err := f.fill(r.Context(), o.Count)
		g.undo = append(g.undo, f.close)
		return preloadAnswer{each}, err
	}
	before := footprint()
	err := g.fill(r.Context(), o.Count)
	return preloadAnswer{max(0, float64(footprint())-float64(before)) / float64(o.Count)}, err
}

func (g *gateway) fill(ctx context.Context, n int) error {
	if g.site.fill == nil {
		return g.logOutMany(ctx, n)
	}
	return g.site.fill(ctx, n, lifetime)
}

// footprint is the memory of this process that is in use: what the heap holds
// and what a store written in another language's manner mapped besides.
func footprint() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + outsideHeap(m)
}

// logOutMany mints tokens and logs them out on every processor.
func (g *gateway) logOutMany(ctx context.Context, n int) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for worker := range errs {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(n) && errs[worker] == nil; i = next.Add(1) {
				errs[worker] = g.logOutOne(ctx, uint64(i))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// logOutOne ends one token of the preloaded population, whose users never
// call. It goes to the handler and not over a connection, to save time.
func (g *gateway) logOutOne(ctx context.Context, n uint64) error {
	raw, err := g.mintOne(loadgen.Revoked, preloadedUsers+n, ^uint64(0))
	if err != nil {
		return err
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/logout", nil)
	r.Header.Set("Authorization", "Bearer "+raw)
	g.site.replicas[0].ServeHTTP(w, r)
	if w.Code < 200 || w.Code > 299 {
		return fmt.Errorf("preloading: logout %d was answered %d", n, w.Code)
	}
	return nil
}

// preloadedUsers keeps the users of the population apart from those that call.
const preloadedUsers = 1 << 40
