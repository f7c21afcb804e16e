package reference

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/token"
)

var lifecycleFaults = []Fault{
	{Name: "no-token-accepted", Summary: "A call without any token is served.", Plant: Each(acceptNoToken)},
	{Name: "signature-not-checked", Summary: "The signature of a token is not verified.", Plant: Each(skipSignature)},
	{Name: "login-refuses-dead-token", Summary: "A login is refused when it carries a token that was logged out.", Plant: Each(refuseLoginWithDeadToken)},
	{Name: "open-route-checks-token", Summary: "An open route refuses a caller who still sends a token that was logged out.", Plant: Each(checkOpenRoute)},
	{Name: "open-route-greets-dead-token", Summary: "An open route tells the user of a token what is theirs, and does not check it for revocation.", Plant: Each(greetOnOpenRoute)},
	{Name: "wrong-subject-served", Summary: "Every call of a connection is served as the first user who was seen on it.", Plant: Each(serveFirstSubject)},
	{
		Name: "cut-off-in-future", Summary: "A logout sets the user's cut-off 10 s ahead, so that new logins are dead on arrival.",
		Adjust: UseNotBefore, Plant: cutOffAhead,
	},
}

func UseNotBefore(cfg *Config) { cfg.Strategy = "not-before" }

func acceptNoToken(p *Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*Call, error) {
		c, err := admit(r)
		if errors.Is(err, ErrNoToken) {
			return &Call{Credential: Credential{Request: r}, Token: &token.Token{}}, nil
		}
		return c, err
	}
}

func skipSignature(p *Process) {
	p.Verify = func(c Credential) (*token.Token, error) { return Unsigned(p, c.Raw) }
}

// Unsigned reads a token and checks everything but the signature.
func Unsigned(p *Process, raw string) (*token.Token, error) {
	t, err := token.Read(raw)
	if err != nil {
		return nil, err
	}
	return t, token.NewVerifier(p.Keys, p.Rules()).Claims(t)
}

// dead tells whether a request carries a token that was logged out.
func dead(p *Process, r *http.Request) bool {
	c, err := p.Identify(r)
	return err == nil && errors.Is(p.Check(r.Context(), c), ErrRevoked)
}

func refuseLoginWithDeadToken(p *Process) {
	login := p.Login
	p.Login = func(w http.ResponseWriter, r *http.Request) {
		if dead(p, r) {
			p.Refuse(w, r, ErrRevoked)
			return
		}
		login(w, r)
	}
}

func checkOpenRoute(p *Process) {
	p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if path == "/public" && dead(p, r) {
				p.Refuse(w, r, ErrRevoked)
				return
			}
			h(w, r)
		}
	}
}

func greetOnOpenRoute(p *Process) {
	p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			c, err := p.Identify(r)
			if path != "/public" || err != nil {
				h(w, r)
				return
			}
			WriteJSON(w, http.StatusOK, map[string]any{"route": "public", "hello": c.Token.Claims["sub"], "at": p.Now()})
		}
	}
}

func serveFirstSubject(p *Process) {
	forward, first := p.Forward, &Notes[*token.Token]{}
	p.Forward = func(w http.ResponseWriter, r *http.Request, c *Call) {
		served := first.Update(r.RemoteAddr, func(old *token.Token) *token.Token { return cmp.Or(old, c.Token) })
		forward(w, r, &Call{Credential: c.Credential, Token: served})
	}
}

func cutOffAhead(*Site) func(*Process) {
	until := &Notes[time.Time]{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *Call) error {
			until.Put(c.Token.Subject, p.Now().Add(10*time.Second))
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			if p.Now().Before(until.Get(c.Token.Subject)) {
				return ErrRevoked
			}
			return check(ctx, c)
		}
	}
}
