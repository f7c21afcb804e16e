package scenarios_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

// unwilling answers what is large or malformed with a status of its own, before
// it looks for a revocation, but not before it looks for a token at all.
func unwilling(status int) sound {
	return sound{front: func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			size := len(r.URL.RawQuery)
			for name, values := range r.Header {
				size += len(name) + len(values[0])
			}
			odd := size > 800 || r.ContentLength > 1000 || r.URL.Path != "/login" && r.ContentLength > 0
			if odd && r.Header.Get("Authorization") != "" {
				w.WriteHeader(status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}}
}

// TestWhatIsTooMuchIsNotServed: 431 to a live token, and to a dead one, is no
// acceptance of either.
func TestWhatIsTooMuchIsNotServed(t *testing.T) {
	for _, status := range []int{400, 408, 411, 413, 414, 415, 422, 431} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			mustPass(t, unwilling(status).inProcess(t), "wire/many-headers", "wire/huge-token", "replay/request-form")
		})
	}
}
