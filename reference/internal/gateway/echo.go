package gateway

import (
	"net/http"
	"sync/atomic"
)

// identityHeader tells the backend who calls. The gateway alone sets it.
const identityHeader = "X-User"

// EchoBackend is a backend that says what reached it, and counts. The zero
// value is ready for use.
type EchoBackend struct {
	hits atomic.Int64
}

// Hits is the number of requests that reached the backend.
func (b *EchoBackend) Hits() int64 { return b.hits.Load() }

// ServeHTTP answers 200 with the method, the path, the verified user and the
// number of requests so far, this one included.
func (b *EchoBackend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hits := b.hits.Add(1)
	WriteJSON(w, http.StatusOK, map[string]any{
		"method": r.Method, "path": r.URL.Path, "sub": r.Header.Get(identityHeader), "hits": hits,
	})
}

func (b *EchoBackend) serveHits(w http.ResponseWriter, _ *http.Request) {
	WriteJSON(w, http.StatusOK, map[string]int64{"hits": b.Hits()})
}

// DirectBackend is what answers a caller who goes to the built-in backend
// around the gateway: a refusal, since the gateway alone may call. It is nil if
// another backend was configured.
func (d *Deployment) DirectBackend() http.Handler {
	if d.site.Backend.Echo == nil {
		return nil
	}
	return d.site.Backend.Direct
}

// RefuseBypass answers 403, as the backend does to who calls around the gateway.
func RefuseBypass(w http.ResponseWriter, _ *http.Request) {
	WriteError(w, http.StatusForbidden, "forbidden", "the gateway alone may call the backend")
}
