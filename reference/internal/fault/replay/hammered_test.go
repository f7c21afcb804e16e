package replay_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var hammeredObservations = map[string]trial.Sound{
	"revives-after-100-replays": neverSlips(300),
	"busy-token-cached": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		for range 110 {
			g.Call(raw)
		}
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"slips-one-in-100": neverSlips(300),
}

func neverSlips(replays int) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		for range replays {
			if g.Call(raw) != 401 {
				return false
			}
		}
		return true
	}
}
