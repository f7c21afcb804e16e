package reference_test

import (
	"cmp"
	"net/http/httptest"
	"testing"

	"github.com/revocheck/revocheck/reference"
)

// BenchmarkCall is one accepted call through the gateway to the built-in
// backend. The difference to client-side is what the revocation check costs.
func BenchmarkCall(b *testing.B) {
	for _, cfg := range []reference.Config{
		{Strategy: "client-side"},
		{Strategy: "denylist"},
		{Strategy: "denylist", Store: "miniredis"},
		{Strategy: "not-before"},
		{Strategy: "server-store"},
	} {
		b.Run(cfg.Strategy+"/"+cmp.Or(cfg.Store, "default"), func(b *testing.B) {
			d, err := reference.Start(cfg, 1)
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			raw, err := d.Mint(nil, nil)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				r := httptest.NewRequest("GET", "/api/hello", nil)
				r.Header.Set("Authorization", "Bearer "+raw)
				w := httptest.NewRecorder()
				d.Replicas()[0].ServeHTTP(w, r)
				if w.Code != 200 {
					b.Fatalf("the call was answered with %d", w.Code)
				}
			}
		})
	}
}
