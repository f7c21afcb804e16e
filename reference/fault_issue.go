package reference

import (
	"context"
	"net/http"
	"strings"
	"time"
)

var issueFaults = []fault{
	{Info: Info{"issues-unsigned-tokens", "A login issues tokens without a signature, which are then accepted."}, plant: issueUnsigned},
	{Info: Info{"bound-to-connection", "A token is refused on any connection but the one it was first used on."}, plant: each(bindToConnection)},
}

func issueUnsigned(s *site) func(*process) {
	believing := believe(blankSignature)(s)
	return func(p *process) {
		believing(p)
		p.login = func(w http.ResponseWriter, r *http.Request) {
			asked, err := readLogin(http.MaxBytesReader(w, r.Body, maxLoginBody))
			if err != nil || !p.knows(asked) {
				writeError(w, http.StatusUnauthorized, "invalid_grant", "the user or the password is wrong")
				return
			}
			life := p.grant(asked.ExpiresIn)
			raw, err := p.issue(r.Context(), p.claims(asked.User, life), nil)
			if err != nil {
				p.refuse(w, r, err)
				return
			}
			unsigned := raw[:strings.LastIndexByte(raw, '.')+1]
			writeJSON(w, http.StatusOK, loginAnswer{unsigned, "Bearer", int64(life / time.Second)})
		}
	}
}

func bindToConnection(p *process) {
	check, first := p.check, &notes[string]{}
	p.check = func(ctx context.Context, c *call) error {
		bound := first.update(p.key(c), func(old string) string { return or(old, c.request.RemoteAddr) })
		if bound != c.request.RemoteAddr {
			return errRevoked
		}
		return check(ctx, c)
	}
}
