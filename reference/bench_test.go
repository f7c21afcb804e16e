package reference_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// BenchmarkCall is one accepted call through the gateway to the built-in
// backend. The difference to client-side is what the revocation check costs,
// and bare is the proxy of Go's library with pooled buffers and nothing else:
// the floor of what can be reached. The algorithms are those of denylist.
func BenchmarkCall(b *testing.B) {
	b.Run("bare", func(b *testing.B) { call(b, bareProxy(), "no token at all") })
	for _, cfg := range []reference.Config{
		{Strategy: "client-side"},
		{Strategy: "denylist"},
		{Strategy: "denylist", Store: "miniredis"},
		{Strategy: "not-before"},
		{Strategy: "server-store"},
	} {
		b.Run(cfg.Strategy+"/"+cmp.Or(cfg.Store, "default"), func(b *testing.B) { callGateway(b, cfg) })
	}
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		b.Run(alg, func(b *testing.B) { callGateway(b, reference.Config{Alg: alg}) })
	}
}

func bareProxy() http.Handler {
	inside := &url.URL{Scheme: "http", Host: "backend"}
	return &httputil.ReverseProxy{
		Transport:  gateway.ToHandler{Handler: &gateway.EchoBackend{}},
		BufferPool: gateway.Buffers{},
		Rewrite:    func(out *httputil.ProxyRequest) { out.SetURL(inside) },
	}
}

func callGateway(b *testing.B, cfg reference.Config) {
	d, err := reference.Start(cfg, 1)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	raw, err := d.Mint(nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	call(b, d.Replicas()[0], raw)
}

func call(b *testing.B, h http.Handler, raw string) {
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("GET", "/api/hello", nil)
		r.Header.Set("Authorization", "Bearer "+raw)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatalf("the call was answered with %d", w.Code)
		}
	}
}
