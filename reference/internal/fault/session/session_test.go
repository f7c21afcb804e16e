package session_test

import (
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/session"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, session.Faults(), observations, introspections, refreshObservations, reuseObservations, racingObservations, revokeObservations, openStreams)
}

var observations = map[string]trial.Sound{
	"third-user-not-ended": func(g *trial.Gateway) bool { return g.Call(g.Dead("carol")) == 401 },
	"grace-begins-anew": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(g.Config().LeakWindow)
		g.Logout(raw)
		return g.Elsewhere(raw) == 401
	},
	"logout-with-slash-lost": endedIfAcknowledged("/logout/", inHeader),
	"logout-as-json-lost":    endedIfAcknowledged("/logout.json", inHeader),
	"logout-by-cookie-lost":  endedIfAcknowledged("/logout", inCookie),
}

func inHeader(raw string) trial.Edit { return trial.Bearing(raw) }

func inCookie(raw string) trial.Edit { return trial.Header("Cookie", "token="+raw) }

// endedIfAcknowledged: a logout by that path, with the token in that place, ends it
// or is refused.
func endedIfAcknowledged(path string, in func(raw string) trial.Edit) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		w := g.Send(0, http.MethodPost, path, "", in(raw))
		return w.Code != http.StatusNoContent || g.Call(raw) == 401
	}
}
