package preflight

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// tryLogin makes sure that a user can log in by path, and that what they get is
// a JWT.
func (t Target) tryLogin(ctx context.Context, o Observations, h holder) (holder, error) {
	a := t.Network.Send(ctx, wire.LoginOf(t.Contract, h.user, 0), wire.Accepted)
	if err := t.turnedAway("the login", a); err != nil {
		return h, err
	}
	h.others = t.otherTokens(a)
	raw, why := wire.TokenIn(t.Contract, a)
	if why != "" {
		what := fmt.Sprintf("the login of user %q gave no token", h.user.Name)
		if a.Down() || t.saysNothing(a) {
			return h, &Error{Unreachable: true, What: what, Fix: why}
		}
		return h, &Error{Problems: []Problem{t.loginProblem(ctx, o, h, a, what+": "+why)}}
	}
	t.keep(raw)
	live, err := token.Parse(raw)
	h.live = live
	if err == nil {
		return h, nil
	}
	seen := fmt.Sprintf("the login of user %q gave something else than a JWT at %s: %s", h.user.Name, t.tokenAt(), err)
	fix := "write where the answer has the token, if the gateway uses JWTs"
	if len(h.others) > 0 {
		seen, fix = seen+"; the answer has one", h.others[0].write
	}
	return h, &Error{Problems: []Problem{wrong(t.tokenAt(), seen, fix)}}
}

// loginProblem says what is wrong in the contract where a login gave no token.
func (t Target) loginProblem(ctx context.Context, o Observations, h holder, a wire.Answer, seen string) Problem {
	l := t.Contract.Login
	as := t.Contract
	as.Login.Status = contract.Statuses{a.Status}
	switch raw, _ := wire.TokenIn(as, a); {
	case raw != "":
		return wrong("login.status", seen+", with a token", "write status: "+list(append(slices.Clone(l.Status), a.Status)))
	case a.Status == http.StatusBadRequest && bytes.Contains(a.Body, []byte("HTTPS")):
		return wrong("endpoints[0]", seen+": it seems to speak TLS", "use https:// in endpoints")
	case bytes.Contains(a.Body, []byte("ALPN")): // Node's answer to a client that offers HTTP/1.1
		return wrong("endpoints[0]", seen+": it seems to speak HTTP/2 alone", "let it speak HTTP/1.1 as well")
	case l.Grants(a.Status) && len(h.others) > 0:
		return wrong(t.tokenAt(), seen+"; it is elsewhere there", h.others[0].write)
	case l.Grants(a.Status):
		return wrong(t.tokenAt(), seen, "look at login.path and at that key")
	case a.Status == http.StatusNotFound && missing(o.reached[0]):
		return wrong("endpoints[0]", fmt.Sprintf("%s, and %s answers %d too", seen, t.Contract.Routes[0], o.reached[0].Status),
			"write the base URL of the gateway, with its port and the beginning of its paths; if it is right, look at login.path and at the routes")
	case a.Status == http.StatusNotFound:
		return wrong("login.path", seen, "look at login.path: write the path that the gateway has")
	case a.Status == http.StatusMethodNotAllowed && a.Header.Get("Allow") != "":
		return wrong("login.method", seen, "write one of the methods that it allows: "+a.Header.Get("Allow"))
	case a.Status == http.StatusMethodNotAllowed:
		return wrong("login.method", seen, "look at login.method and login.path: write the method that the gateway takes there")
	case a.Status >= 300 && a.Status < 400:
		if p := t.moved("login.path", l.Path, seen, a); p.Seen != "" {
			return p
		}
		return wrong("login.path", seen+toWhere(a), "look at endpoints and at login.path; if this is a login that succeeded, look at login.token_cookie and login.status")
	}
	return t.rejected(ctx, h, seen)
}

func toWhere(a wire.Answer) string {
	if to := a.Header.Get("Location"); to != "" {
		return ": it redirects to " + contract.WithoutSecrets(to)
	}
	return ""
}

// rejected is about a login that was read and rejected: either all are made in
// the wrong way, or this user is not known by that password.
func (t Target) rejected(ctx context.Context, h holder, seen string) Problem {
	password := wrong(fmt.Sprintf("users[%d].password", h.index), seen, "look at the user's name and password")
	if h.index > 0 {
		password.Seen += ", and users before did log in"
		return password
	}
	for _, other := range t.Contract.Users[1:] {
		if t.logsIn(ctx, t.Contract, other) {
			password.Seen += fmt.Sprintf(", and user %q did log in", other.Name)
			return password
		}
	}
	for _, encoding := range []string{t.Contract.Login.Encoding, "form", "json"} {
		for _, field := range []string{t.Contract.Login.UserField, "username", "email", "user"} {
			as := t.Contract
			as.Login.Encoding, as.Login.UserField = encoding, field
			switch same := encoding == t.Contract.Login.Encoding; {
			case same && field == t.Contract.Login.UserField || !t.logsIn(ctx, as, h.user):
			case same:
				return wrong("login.user_field", seen+"; it takes another field", "write user_field: "+field)
			case field == t.Contract.Login.UserField:
				return wrong("login.encoding", seen+"; it takes another encoding", "write encoding: "+encoding)
			default:
				return wrong("login", seen+"; it takes another request", fmt.Sprintf("write encoding: %s and user_field: %s", encoding, field))
			}
		}
		if encoding != t.Contract.Login.Encoding {
			break // the one other
		}
	}
	password.Fix = "look at the user's password and at the login's fields and encoding"
	return password
}

func (t Target) logsIn(ctx context.Context, as contract.Contract, u contract.User) bool {
	raw, _ := wire.TokenIn(as, t.Network.Send(ctx, wire.LoginOf(as, u, 0), wire.Accepted))
	t.keep(raw)
	return raw != ""
}
