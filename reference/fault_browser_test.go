package reference

import "net/http"

var browserObservations = map[string]Sound{
	"logout-from-elsewhere-lost": endsToo("/logout", "", Header("Origin", "https://app.example")),
	"logout-by-fetch-lost":       endsToo("/logout", "", Header("Sec-Fetch-Site", "same-origin")),
	"logout-for-page-lost":       endsToo("/logout", "", Header("Accept", "text/html,application/xhtml+xml")),
	"logout-with-body-lost":      endsToo("/logout", "{}", Header("Content-Type", "application/json")),
	"logout-with-query-lost":     endsToo("/logout?next=%2F", ""),
}

// endsToo: a logout that differs in something from the plain one ends its token.
func endsToo(target, body string, edits ...Edit) Sound {
	return func(g *Gateway) bool {
		raw := g.Login("alice")
		return g.Send(0, http.MethodPost, target, body, append(edits, Bearing(raw))...).Code >= 400 || g.Call(raw) == 401
	}
}
