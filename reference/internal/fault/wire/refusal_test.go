package wire_test

import (
	"bytes"
	"net/http/httptest"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var refusalObservations = map[string]trial.Sound{
	"refusal-cacheable": func(g *trial.Gateway) bool {
		return strings.Contains(refusedAnswer(g).Header().Get("Cache-Control"), "no-store")
	},
	"refusal-without-challenge": func(g *trial.Gateway) bool { return refusedAnswer(g).Header().Get("WWW-Authenticate") != "" },
	"retry-after-absurd":        func(g *trial.Gateway) bool { return len(refusedAnswer(g).Header().Get("Retry-After")) < 4 },
	"refusal-renews":            func(g *trial.Gateway) bool { return refusedAnswer(g).Header().Get("X-Renewed-Token") == "" },
	"refusal-leaks-body": func(g *trial.Gateway) bool {
		w := g.Send(0, "GET", "/api/hello", "", trial.Bearing(g.Dead("alice")))
		return w.Code == 401 && !bytes.Contains(w.Body.Bytes(), []byte("alice"))
	},
	"refusal-wraps-body": func(g *trial.Gateway) bool {
		w := g.Send(0, "GET", "/api/hello", "", trial.Bearing(g.Dead("alice")))
		return w.Code == 401 && !bytes.Contains(w.Body.Bytes(), []byte("alice"))
	},
}

func refusedAnswer(g *trial.Gateway) *httptest.ResponseRecorder {
	return g.Send(0, "GET", "/api/hello", "", trial.Bearing(g.Dead("alice")))
}
