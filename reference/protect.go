package reference

import (
	"net/http"
	"slices"
)

// serveProtected forwards a call to the backend if its token is alive.
func (p *process) serveProtected(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if p.unknownMethod(r.Method) {
		writeError(w, p.cfg.UnknownMethodStatus, "invalid_request", "no such route")
		return
	}
	c, err := p.admit(r)
	p.metrics.countCall(err)
	if err != nil {
		p.refuse(w, r, err)
		return
	}
	p.forward(w, r, c)
}

func (p *process) unknownMethod(method string) bool {
	known := []string{http.MethodGet, http.MethodHead, http.MethodPost}
	return p.cfg.UnknownMethodStatus != 0 && !slices.Contains(known, method)
}

// admitCall reads the token, verifies it, and only then asks the store.
func (p *process) admitCall(r *http.Request) (*call, error) {
	c, err := p.identify(r)
	if err != nil {
		return nil, err
	}
	return c, p.check(r.Context(), c)
}

// identify reads and verifies the token. Why it is not valid is not said:
// that helps a forger only.
func (p *process) identify(r *http.Request) (*call, error) {
	found, err := p.find(r)
	if err != nil {
		return nil, err
	}
	t, err := p.verify(found)
	if err != nil {
		return nil, errInvalid
	}
	return &call{credential: found, token: t}, nil
}
