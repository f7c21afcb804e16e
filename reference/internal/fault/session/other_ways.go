package session

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var otherWayFaults = []fault.Fault{
	{Name: "logout-with-slash-lost", Summary: "POST /logout/ is an old route that clears a cookie and answers like the logout; the token lives on.", Plant: answersLikeLogout("/logout/")},
	{Name: "logout-as-json-lost", Summary: "POST /logout.json is another format of the page, and answers like the logout; the token lives on.", Plant: answersLikeLogout("/logout.json")},
	{
		Name: "logout-by-cookie-lost", Summary: "Calls take a token in a cookie; a logout with it there clears the cookie and leaves the token alive.",
		Adjust: func(cfg *gateway.Config) { cfg.Lenient.Cookie = true }, Plant: fault.Each(clearCookie),
	},
}

func answersLikeLogout(path string) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		protect := p.Protect
		p.Protect = func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && r.URL.Path == path {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			protect(w, r)
		}
	})
}

func clearCookie(p *gateway.Process) {
	logout := p.Logout
	p.Logout = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" && len(r.Cookies()) > 0 {
			http.SetCookie(w, &http.Cookie{Name: r.Cookies()[0].Name, MaxAge: -1, HttpOnly: true, Secure: true})
			w.WriteHeader(http.StatusNoContent)
			return
		}
		logout(w, r)
	}
}
