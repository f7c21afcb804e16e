package forgery_test

import (
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var signatureCacheObservations = map[string]trial.Sound{
	"signature-cache-by-signature-alone": func(g *trial.Gateway) bool {
		alices, bobs := strings.Split(g.Login("alice"), "."), strings.Split(g.Login("bob"), ".")
		known := g.Call(strings.Join(alices, ".")) == 200
		return known && g.Call(bobs[0]+"."+bobs[1]+"."+alices[2]) == 401
	},
	"signature-cache-by-text-alone": func(g *trial.Gateway) bool {
		alices, bobs := strings.Split(g.Login("alice"), "."), strings.Split(g.Login("bob"), ".")
		known := g.Call(strings.Join(alices, ".")) == 200
		return known && g.Call(alices[0]+"."+alices[1]+"."+bobs[2]) == 401
	},
}
