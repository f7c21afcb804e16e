package preflight

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// trySource makes sure that a user's token is obtained where the target file says.
func (t Target) trySource(ctx context.Context, u contract.User) (token.JWT, error) {
	raw, why := wire.FromSource(ctx, t.Network, t.Contract, t.Login, u)
	if why != "" {
		return token.JWT{}, &Error{What: fmt.Sprintf("no token was obtained for user %q by %s", u.Name, t.Contract.LoginWay()), Fix: why}
	}
	t.keep(raw)
	live, err := token.Parse(raw)
	if err != nil {
		return live, &Error{What: fmt.Sprintf("what %s gave for user %q is not a JWT", t.Contract.LoginWay(), u.Name), Fix: err.Error() + "; with Entra ID, ask for a scope of your own API"}
	}
	return live, nil
}

// tryGiven makes sure that a user's given tokens have not expired, and gives
// the first one. Looking at it does not use it up.
func (t Target) tryGiven(c Clock, u contract.User) (first token.JWT, err error) {
	now := time.Now().Add(c.Ahead)
	for i, raw := range u.Tokens {
		given, err := token.Parse(raw)
		if err != nil {
			return first, &Error{What: fmt.Sprintf("token %d of user %q cannot be used", i+1, u.Name), Fix: err.Error()}
		}
		if exp, ok := given.Exp(); ok && exp.Sub(now) < token.LeastGiven {
			return first, &Error{What: fmt.Sprintf("token %d of user %q %s", i+1, u.Name, ends(exp.Sub(now))), Fix: "give fresh ones: each needs at least " + token.LeastGiven.String() + ", and as long as the run takes"}
		}
		if i == 0 {
			first = given
		}
	}
	return first, nil
}

func ends(left time.Duration) string {
	if left <= 0 {
		return fmt.Sprintf("expired %s ago", (-left).Round(time.Second))
	}
	return fmt.Sprintf("expires in %s", left.Round(time.Second))
}

// givenAccepted makes sure that the first given token of each user is accepted:
// each token is good for one run.
func (t Target) givenAccepted(o Observations) error {
	if t.Contract.LoginWay() != contract.ByTokens {
		return nil
	}
	route := o.Routes[0]
	for _, h := range o.holders {
		a := route.with[h.index]
		if err := t.turnedAway(route.Route.String(), a); err != nil {
			return err
		}
		if got := wire.Judge(t.Contract, route.Route, &h.user, a); got != wire.Accepted {
			return &Error{What: fmt.Sprintf("the first token of user %q is not accepted: %s", h.user.Name, a.Text(got)), Fix: "was it logged out in a run before? each token is good for one run"}
		}
	}
	return nil
}

func (t Target) tryLogin(ctx context.Context, u contract.User) (live token.JWT, err error) {
	a := t.Network.Send(ctx, wire.LoginOf(t.Contract, u, 0), wire.Accepted)
	if err := t.turnedAway("the login", a); err != nil {
		return live, err
	}
	raw, why := wire.TokenIn(t.Contract, a)
	if why != "" {
		return live, &Error{Unreachable: a.Down(), What: fmt.Sprintf("the login of user %q gave no token", u.Name), Fix: why + loginHint(a)}
	}
	t.keep(raw)
	if live, err = token.Parse(raw); err != nil {
		return live, &Error{What: fmt.Sprintf("the login of user %q gave something else than a JWT", u.Name), Fix: err.Error() + "; login.token picks the wrong field, or the target does not use JWTs"}
	}
	return live, nil
}

func loginHint(a wire.Answer) string {
	if a.Status == http.StatusBadRequest && bytes.Contains(a.Body, []byte("HTTPS")) {
		return "; it seems to speak TLS: use https:// in endpoints"
	}
	if bytes.Contains(a.Body, []byte("ALPN")) { // Node's answer to a client that offers HTTP/1.1
		return "; it seems to speak HTTP/2 alone: let it speak HTTP/1.1 as well"
	}
	switch a.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "; look at the user's password and at the login's fields and encoding"
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "; look at login.path and login.method"
	}
	if a.Status >= 200 && a.Status < 300 {
		return "; look at login.path and at that key"
	}
	if to := a.Header.Get("Location"); a.Status >= 300 && a.Status < 400 && to != "" {
		return fmt.Sprintf("; it redirects to %s: look at endpoints and at login.path", contract.WithoutSecrets(to))
	}
	return ""
}
