package lifecycle_test

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var logoutAsSentObservations = map[string]trial.Sound{
	"logout-from-elsewhere-lost": endsToo("/logout", "", trial.Header("Origin", "https://app.example")),
	"logout-by-fetch-lost":       endsToo("/logout", "", trial.Header("Sec-Fetch-Site", "same-origin")),
	"logout-for-page-lost":       endsToo("/logout", "", trial.Header("Accept", "text/html,application/xhtml+xml")),
	"logout-with-body-lost":      endsToo("/logout", "{}", trial.Header("Content-Type", "application/json")),
	"logout-with-query-lost":     endsToo("/logout?next=%2F", ""),
}

// endsToo: a logout that differs in something from the plain one ends its token.
func endsToo(target, body string, edits ...trial.Edit) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		return g.Send(0, http.MethodPost, target, body, append(edits, trial.Bearing(raw))...).Code >= 400 || g.Call(raw) == 401
	}
}
