package gateway

import (
	"context"
	"errors"
	"net/http"
)

// serveLogout ends the token that was sent. Only a verified token can end
// itself, or anybody could log out anybody. It answers success only once the
// store has acknowledged the write.
func (p *Process) serveLogout(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	c, err := p.AdmitLogout(r)
	if err != nil {
		p.Refuse(w, r, err)
		return
	}
	status, err := p.endOnce(r.Context(), c)
	p.acknowledge(w, r, status, err)
}

// acknowledge answers what ended tokens, and refuses what failed to.
func (p *Process) acknowledge(w http.ResponseWriter, r *http.Request, status int, err error) {
	if err != nil {
		p.Refuse(w, r, err)
		return
	}
	p.metrics.logouts.Inc()
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
}

// endOnce ends the token and returns the status to answer with. Ending a dead
// token again is harmless (RFC 7009, section 2.2), and by default not told
// apart.
func (p *Process) endOnce(ctx context.Context, c *Call) (int, error) {
	if p.Config.SecondLogoutStatus == http.StatusNoContent {
		return http.StatusNoContent, p.End(ctx, c)
	}
	err := p.Check(ctx, c)
	if errors.Is(err, ErrRevoked) {
		if p.Config.SecondLogoutStatus >= http.StatusBadRequest {
			return 0, &Refusal{p.Config.SecondLogoutStatus, ErrRevoked.code, ErrRevoked.why}
		}
		return p.Config.SecondLogoutStatus, nil
	}
	if err != nil {
		return 0, err
	}
	return http.StatusNoContent, p.End(ctx, c)
}
