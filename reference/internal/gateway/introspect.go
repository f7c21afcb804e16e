package gateway

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"sync"
	"time"
)

// IntrospectionPath is where the introspection is, and IntrospectionClient with
// IntrospectionSecret who may ask. They protect nothing.
const (
	IntrospectionPath   = "/introspect"
	IntrospectionClient = "resource-server"
	IntrospectionSecret = "open-sesame"
)

// CarrierIntrospection is that of a token that is asked about.
const CarrierIntrospection = "introspection"

// serveIntrospection tells a client what has become of a token (RFC 7662). Of one
// that is not active nothing else is said.
func (p *Process) serveIntrospection(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if !mayAsk(r) {
		refuseClient(w, "the credentials of a client are needed")
		return
	}
	raw := r.PostFormValue("token")
	if raw == "" {
		WriteError(w, http.StatusBadRequest, "invalid_request", `"token" is missing in the form`)
		return
	}
	c, err := p.Active(r, raw)
	var refused *Refusal
	switch {
	case errors.As(err, &refused):
		WriteJSON(w, http.StatusOK, map[string]any{"active": false})
	case err != nil:
		p.Refuse(w, r, err)
	default:
		answer := map[string]any{"active": true, "sub": c.Token.Subject, "iss": Issuer, "token_type": "Bearer"}
		if !c.Token.Expires.IsZero() {
			answer["exp"] = c.Token.Expires.Unix()
		}
		WriteJSON(w, http.StatusOK, answer)
	}
}

// refuseClient answers a client that is not let in (RFC 6749 section 5.2).
func refuseClient(w http.ResponseWriter, why string) {
	w.Header().Set("WWW-Authenticate", `Basic realm="revocheck"`)
	WriteError(w, http.StatusUnauthorized, "invalid_client", why)
}

// mayAsk looks for the client's credentials in the header, or else in the form.
func mayAsk(r *http.Request) bool {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	known := subtle.ConstantTimeCompare([]byte(id), []byte(IntrospectionClient))
	return known&subtle.ConstantTimeCompare([]byte(secret), []byte(IntrospectionSecret)) == 1
}

// ActiveNow verifies a token and asks the store, as a call does.
func (p *Process) ActiveNow(r *http.Request, raw string) (*Call, error) {
	found := Credential{Raw: raw, Carrier: CarrierIntrospection, Request: r}
	t, err := p.Verify(found)
	if err != nil {
		return nil, ErrInvalid
	}
	c := &Call{Credential: found, Token: t}
	return c, p.Check(r.Context(), c)
}

// KeepActive is how a process tells what has become of a token if it keeps for some
// time that one is active.
func (p *Process) KeepActive(window time.Duration) func(*http.Request, string) (*Call, error) {
	type known struct {
		call *Call
		at   time.Time
	}
	var kept sync.Map // by the token's text
	now := p.Active
	return func(r *http.Request, raw string) (*Call, error) {
		if k, ok := kept.Load(raw); ok && p.Now().Sub(k.(known).at) < window && !p.ended(k.(known).call) {
			return k.(known).call, nil
		}
		c, err := now(r, raw)
		if err == nil {
			kept.Store(raw, known{c, p.Now()})
		}
		return c, err
	}
}

// ended reports whether a token has come to its exp, leeway included.
func (p *Process) ended(c *Call) bool {
	return !c.Token.Expires.IsZero() && !p.Now().Before(c.Token.Expires.Add(p.Config.Leeway))
}
