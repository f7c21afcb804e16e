package replay_test

import (
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var urlObservations = map[string]trial.Sound{
	"path-variant-unchecked": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		for _, target := range []string{"/api//hello", "/api/hello/", "/API/hello", "/api/%68ello", "/api/./hello", "/api/x/../hello"} {
			if g.Send(0, "GET", target, "", trial.Bearing(raw)).Code != 401 {
				return false
			}
		}
		return true
	},
	"open-path-in-url-unchecked": refusedFor("GET", "/api/hello?next=/login"),
	"static-file-unchecked":      refusedFor("GET", "/api/hello?x=.css"),
	"bad-query-unchecked":        refusedFor("GET", "/api/hello?%zz"),
	"debug-query-unchecked":      refusedFor("GET", "/api/hello?debug=1"),
	"many-parameters-unchecked":  refusedFor("GET", "/api/hello?"+strings.Repeat("a=1&", 100)),
}
