package reference

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"
)

var issueFaults = []fault{
	{Name: "issues-unsigned-tokens", Summary: "A login issues tokens without a signature, which are then accepted.", plant: issueUnsigned},
	{Name: "login-exchanges-any-token", Summary: "A login that carries a token gives a new one for it, and looks neither at the password nor whether it was revoked.", plant: each(exchangeTokens)},
	{Name: "bound-to-connection", Summary: "A token is refused on any connection but the one it was first used on.", plant: each(bindToConnection)},
}

func issueUnsigned(s *site) func(*process) {
	believing := believe(blankSignature)(s)
	return func(p *process) {
		believing(p)
		p.login = func(w http.ResponseWriter, r *http.Request) {
			if answer, ok := p.logIn(w, r); ok {
				answer.AccessToken = answer.AccessToken[:strings.LastIndexByte(answer.AccessToken, '.')+1]
				writeJSON(w, http.StatusOK, answer)
			}
		}
	}
}

func exchangeTokens(p *process) {
	login := p.login
	p.login = func(w http.ResponseWriter, r *http.Request) {
		c, err := p.identify(r)
		if err != nil {
			login(w, r)
			return
		}
		raw, err := p.issue(r.Context(), p.claims(c.token.Subject, p.cfg.Lifetime), nil)
		if err != nil {
			p.refuse(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, loginAnswer{raw, "Bearer", int64(p.cfg.Lifetime / time.Second)})
	}
}

func bindToConnection(p *process) {
	check, first := p.check, &notes[string]{}
	p.check = func(ctx context.Context, c *call) error {
		bound := first.update(p.key(c), func(old string) string { return cmp.Or(old, c.request.RemoteAddr) })
		if bound != c.request.RemoteAddr {
			return errRevoked
		}
		return check(ctx, c)
	}
}
