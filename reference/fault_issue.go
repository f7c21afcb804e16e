package reference

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"
)

var issueFaults = []Fault{
	{Name: "issues-unsigned-tokens", Summary: "A login issues tokens without a signature, which are then accepted.", Plant: issueUnsigned},
	{Name: "login-exchanges-any-token", Summary: "A login that carries a token gives a new one for it, and looks neither at the password nor whether it was revoked.", Plant: Each(exchangeTokens)},
	{Name: "bound-to-connection", Summary: "A token is refused on any connection but the one it was first used on.", Plant: Each(bindToConnection)},
}

func issueUnsigned(s *Site) func(*Process) {
	believing := Believe(BlankSignature)(s)
	return func(p *Process) {
		believing(p)
		p.Login = func(w http.ResponseWriter, r *http.Request) {
			if answer, ok := p.LogIn(w, r); ok {
				answer.AccessToken = answer.AccessToken[:strings.LastIndexByte(answer.AccessToken, '.')+1]
				WriteJSON(w, http.StatusOK, answer)
			}
		}
	}
}

func exchangeTokens(p *Process) {
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
		WriteJSON(w, http.StatusOK, LoginAnswer{raw, "Bearer", int64(p.Config.Lifetime / time.Second)})
	}
}

func bindToConnection(p *Process) {
	check, first := p.Check, &Notes[string]{}
	p.Check = func(ctx context.Context, c *Call) error {
		bound := first.Update(p.Key(c), func(old string) string { return cmp.Or(old, c.Request.RemoteAddr) })
		if bound != c.Request.RemoteAddr {
			return ErrRevoked
		}
		return check(ctx, c)
	}
}
