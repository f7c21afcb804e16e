package reference

import "net/http"

var browserObservations = map[string]sound{
	"logout-from-elsewhere-lost": endsToo("/logout", "", header("Origin", "https://app.example")),
	"logout-by-fetch-lost":       endsToo("/logout", "", header("Sec-Fetch-Site", "same-origin")),
	"logout-for-page-lost":       endsToo("/logout", "", header("Accept", "text/html,application/xhtml+xml")),
	"logout-with-body-lost":      endsToo("/logout", "{}", header("Content-Type", "application/json")),
	"logout-with-query-lost":     endsToo("/logout?next=%2F", ""),
}

// endsToo: a logout that differs in something from the plain one ends its token.
func endsToo(target, body string, edits ...edit) sound {
	return func(g *rig) bool {
		raw := g.login("alice")
		return g.send(0, http.MethodPost, target, body, append(edits, bearing(raw))...).Code >= 400 || g.call(raw) == 401
	}
}
