package wire_test

import (
	"strings"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var sizeObservations = map[string]trial.Sound{
	"huge-token-skips-check": func(g *trial.Gateway) bool { return g.Call(huge(g)) != 200 },
	"huge-token-500":         func(g *trial.Gateway) bool { return g.Call(huge(g)) < 500 },
	"many-headers-skips-check": func(g *trial.Gateway) bool {
		many := func() []trial.Edit {
			var edits []trial.Edit
			for range 100 {
				edits = append(edits, trial.Header("X-Padding", "x"))
			}
			return edits
		}
		return g.Call(g.Dead("alice"), many()...) == 401
	},
}

func huge(g *trial.Gateway) string { return g.Dead("alice") + strings.Repeat("A", gateway.MaxToken) }
