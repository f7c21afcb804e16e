package gateway

import (
	"net/http"
	"slices"
)

// serveProtected forwards a call to the backend if its token is alive.
func (p *Process) serveProtected(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if p.unknownMethod(r.Method) {
		WriteError(w, p.Config.UnknownMethodStatus, "invalid_request", "no such route")
		return
	}
	c, err := p.Admit(r)
	p.metrics.countCall(err)
	if err != nil {
		p.Refuse(w, r, err)
		return
	}
	p.Forward(w, r, c)
}

func (p *Process) unknownMethod(method string) bool {
	known := []string{http.MethodGet, http.MethodHead, http.MethodPost}
	return p.Config.UnknownMethodStatus != 0 && !slices.Contains(known, method)
}

// AdmitCall reads the token, verifies it, and only then asks the store.
func (p *Process) AdmitCall(r *http.Request) (*Call, error) {
	c, err := p.Identify(r)
	if err != nil {
		return nil, err
	}
	return c, p.Check(r.Context(), c)
}

// Identify reads and verifies the token. Why it is not valid is not said:
// that helps a forger only.
func (p *Process) Identify(r *http.Request) (*Call, error) {
	found, err := p.Find(r)
	if err != nil {
		return nil, err
	}
	t, err := p.Verify(found)
	if err != nil {
		return nil, ErrInvalid
	}
	return &Call{Credential: found, Token: t}, nil
}
