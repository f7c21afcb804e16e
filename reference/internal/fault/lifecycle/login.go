package lifecycle

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var loginFaults = []fault.Fault{
	{Name: "issues-unsigned-tokens", Summary: "A login issues tokens without a signature, which are then accepted.", Plant: issueUnsigned},
	{Name: "login-refuses-dead-token", Summary: "A login is refused when it carries a token that was logged out.", Plant: fault.Each(refuseLoginWithDeadToken)},
	{
		Name: "cut-off-in-future", Summary: "A logout sets the user's cut-off 10 s ahead, so that new logins are dead on arrival.",
		Adjust: fault.UseNotBefore, Plant: cutOffAhead,
	},
	{Name: "open-route-checks-token", Summary: "An open route refuses a caller who still sends a token that was logged out.", Plant: fault.Each(checkOpenRoute)},
}

func issueUnsigned(s *gateway.Site) func(*gateway.Process) {
	believing := fault.AcceptForged(fault.BlankSignature)(s)
	return func(p *gateway.Process) {
		believing(p)
		p.Login = func(w http.ResponseWriter, r *http.Request) {
			if answer, ok := p.LogIn(w, r); ok {
				answer.AccessToken = answer.AccessToken[:strings.LastIndexByte(answer.AccessToken, '.')+1]
				gateway.WriteJSON(w, http.StatusOK, answer)
			}
		}
	}
}

// dead tells whether a request carries a token that was logged out.
func dead(p *gateway.Process, r *http.Request) bool {
	c, err := p.Identify(r)
	return err == nil && errors.Is(p.Check(r.Context(), c), gateway.ErrRevoked)
}

func refuseLoginWithDeadToken(p *gateway.Process) {
	login := p.Login
	p.Login = func(w http.ResponseWriter, r *http.Request) {
		if dead(p, r) {
			p.Refuse(w, r, gateway.ErrRevoked)
			return
		}
		login(w, r)
	}
}

func checkOpenRoute(p *gateway.Process) {
	p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if path == "/public" && dead(p, r) {
				p.Refuse(w, r, gateway.ErrRevoked)
				return
			}
			h(w, r)
		}
	}
}

func cutOffAhead(*gateway.Site) func(*gateway.Process) {
	until := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			until.Put(c.Token.Subject, p.Now().Add(10*time.Second))
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if p.Now().Before(until.Get(c.Token.Subject)) {
				return gateway.ErrRevoked
			}
			return check(ctx, c)
		}
	}
}
