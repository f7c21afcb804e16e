package replay_test

import (
	"fmt"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var connectionObservations = map[string]trial.Sound{
	"connection-cached": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw, trial.From("1.2.3.4:5"))
		g.MustLogout(raw)
		return g.Call(raw, trial.From("9.9.9.9:9")) == 401 && g.Call(raw, trial.From("1.2.3.4:5")) == 401
	},
	"new-connection-unchecked": func(g *trial.Gateway) bool { return g.Call(g.Dead("alice"), trial.From("1.2.3.4:5")) == 401 },
	"one-connection-in-20-unchecked": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		for i := range 20 {
			if g.Call(raw, trial.From(fmt.Sprintf("192.0.2.1:%d", 1000+i))) != 401 {
				return false
			}
		}
		return true
	},
	"http2-unchecked":  refusedFor("GET", "/api/hello", overHTTP2),
	"http10-unchecked": refusedFor("GET", "/api/hello", overHTTP10),
}

func overHTTP10(r *http.Request) { r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.0", 1, 0 }

func overHTTP2(r *http.Request) { r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/2.0", 2, 0 }
