package isolation

import (
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var logoutByNobodyFaults = []fault.Fault{
	{Name: "empty-key", Summary: "A logout without a token blocks every caller without a token, also of open routes.", Plant: blockTheTokenless},
	{Name: "logout-without-token-names-jti", Summary: "A logout without any token ends the one whose jti stands in its query.", Plant: fault.Each(endNamedWithoutToken)},
	{Name: "logout-trusts-jti-field", Summary: "A logout ends the token whose jti stands in its query or form, whoever sends it.", Plant: fault.Each(endNamedByField)},
}

func endNamedByField(p *gateway.Process) {
	p.AdmitLogout = func(r *http.Request) (*gateway.Call, error) {
		c, err := p.Identify(r)
		if id := r.FormValue("jti"); err == nil && id != "" {
			named := *c.Token
			named.ID = id
			c.Token = &named
		}
		return c, err
	}
}

func endNamedWithoutToken(p *gateway.Process) {
	admitLogout := p.AdmitLogout
	p.AdmitLogout = func(r *http.Request) (*gateway.Call, error) {
		c, err := admitLogout(r)
		if id := r.URL.Query().Get("jti"); errors.Is(err, gateway.ErrNoToken) && id != "" {
			return &gateway.Call{Credential: gateway.Credential{Request: r}, Token: &token.Token{Issuer: gateway.Issuer, ID: id, Expires: p.Now().Add(time.Hour)}}, nil
		}
		return c, err
	}
}

func blockTheTokenless(*gateway.Site) func(*gateway.Process) {
	blocked := &atomic.Bool{}
	return func(p *gateway.Process) {
		logout := p.Logout
		p.Logout = func(w http.ResponseWriter, r *http.Request) {
			if _, err := p.Find(r); errors.Is(err, gateway.ErrNoToken) {
				blocked.Store(true)
			}
			logout(w, r)
		}
		p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				_, err := p.Find(r)
				if blocked.Load() && errors.Is(err, gateway.ErrNoToken) && (path == "/public" || path == "/login") {
					p.Refuse(w, r, gateway.ErrRevoked)
					return
				}
				h(w, r)
			}
		}
	}
}
