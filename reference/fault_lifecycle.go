package reference

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/token"
)

var lifecycleFaults = []fault{
	{Name: "no-token-accepted", Summary: "A call without any token is served.", plant: each(acceptNoToken)},
	{Name: "signature-not-checked", Summary: "The signature of a token is not verified.", plant: each(skipSignature)},
	{Name: "login-refuses-dead-token", Summary: "A login is refused when it carries a token that was logged out.", plant: each(refuseLoginWithDeadToken)},
	{Name: "open-route-checks-token", Summary: "An open route refuses a caller who still sends a token that was logged out.", plant: each(checkOpenRoute)},
	{Name: "open-route-greets-dead-token", Summary: "An open route tells the user of a token what is theirs, and does not check it for revocation.", plant: each(greetOnOpenRoute)},
	{Name: "wrong-subject-served", Summary: "Every call of a connection is served as the first user who was seen on it.", plant: each(serveFirstSubject)},
	{
		Name: "cut-off-in-future", Summary: "A logout sets the user's cut-off 10 s ahead, so that new logins are dead on arrival.",
		adjust: useNotBefore, plant: cutOffAhead,
	},
}

func useNotBefore(cfg *Config) { cfg.Strategy = "not-before" }

func acceptNoToken(p *process) {
	admit := p.admit
	p.admit = func(r *http.Request) (*call, error) {
		c, err := admit(r)
		if errors.Is(err, errNoToken) {
			return &call{credential: credential{request: r}, token: &token.Token{}}, nil
		}
		return c, err
	}
}

func skipSignature(p *process) {
	p.verify = func(c credential) (*token.Token, error) { return unsigned(p, c.raw) }
}

// unsigned reads a token and checks everything but the signature.
func unsigned(p *process, raw string) (*token.Token, error) {
	t, err := token.Read(raw)
	if err != nil {
		return nil, err
	}
	return t, token.NewVerifier(p.keys, p.rules()).Claims(t)
}

// dead tells whether a request carries a token that was logged out.
func dead(p *process, r *http.Request) bool {
	c, err := p.identify(r)
	return err == nil && errors.Is(p.check(r.Context(), c), errRevoked)
}

func refuseLoginWithDeadToken(p *process) {
	login := p.login
	p.login = func(w http.ResponseWriter, r *http.Request) {
		if dead(p, r) {
			p.refuse(w, r, errRevoked)
			return
		}
		login(w, r)
	}
}

func checkOpenRoute(p *process) {
	p.open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if path == "/public" && dead(p, r) {
				p.refuse(w, r, errRevoked)
				return
			}
			h(w, r)
		}
	}
}

func greetOnOpenRoute(p *process) {
	p.open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			c, err := p.identify(r)
			if path != "/public" || err != nil {
				h(w, r)
				return
			}
			writeJSON(w, http.StatusOK, map[string]any{"route": "public", "hello": c.token.Claims["sub"], "at": p.now()})
		}
	}
}

func serveFirstSubject(p *process) {
	forward, first := p.forward, &notes[*token.Token]{}
	p.forward = func(w http.ResponseWriter, r *http.Request, c *call) {
		served := first.update(r.RemoteAddr, func(old *token.Token) *token.Token { return cmp.Or(old, c.token) })
		forward(w, r, &call{credential: c.credential, token: served})
	}
}

func cutOffAhead(*site) func(*process) {
	until := &notes[time.Time]{}
	return func(p *process) {
		check, end := p.check, p.end
		p.end = func(ctx context.Context, c *call) error {
			until.put(c.token.Subject, p.now().Add(10*time.Second))
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			if p.now().Before(until.get(c.token.Subject)) {
				return errRevoked
			}
			return check(ctx, c)
		}
	}
}
