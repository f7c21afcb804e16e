package replay

import (
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var openPathFaults = []fault.Fault{
	{Name: "open-route-greets-dead-token", Summary: "An open route tells the user of a token what is theirs, and does not check it for revocation.", Plant: fault.Each(greetOnOpenRoute)},
	{Name: "login-exchanges-any-token", Summary: "A login that carries a token gives a new one for it, and looks neither at the password nor whether it was revoked.", Plant: fault.Each(exchangeTokens)},
}

func exchangeTokens(p *gateway.Process) {
	login := p.Login
	p.Login = func(w http.ResponseWriter, r *http.Request) {
		c, err := p.Identify(r)
		if err != nil {
			login(w, r)
			return
		}
		raw, err := p.Issue(r.Context(), p.Claims(c.Token.Subject, p.Config.Lifetime), nil)
		if err != nil {
			p.Refuse(w, r, err)
			return
		}
		gateway.WriteJSON(w, http.StatusOK, gateway.LoginAnswer{AccessToken: raw, TokenType: "Bearer", ExpiresIn: int64(p.Config.Lifetime / time.Second)})
	}
}

func greetOnOpenRoute(p *gateway.Process) {
	p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			c, err := p.Identify(r)
			if path != "/public" || err != nil {
				h(w, r)
				return
			}
			gateway.WriteJSON(w, http.StatusOK, map[string]any{"route": "public", "hello": c.Token.Claims()["sub"], "at": p.Now()})
		}
	}
}
