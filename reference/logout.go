package reference

import (
	"context"
	"errors"
	"net/http"
)

// serveLogout ends the token that was sent. Only a verified token can end
// itself, or anybody could log out anybody. It answers success only once the
// store has acknowledged the write.
func (p *process) serveLogout(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	c, err := p.leaving(r)
	if err != nil {
		p.refuse(w, r, err)
		return
	}
	status, err := p.endOnce(r.Context(), c)
	if err != nil {
		p.refuse(w, r, err)
		return
	}
	p.metrics.logouts.Inc()
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
}

// endOnce ends the token and returns the status to answer with. Ending a dead
// token again is harmless (RFC 7009, section 2.2), and by default not told
// apart.
func (p *process) endOnce(ctx context.Context, c *call) (int, error) {
	if p.cfg.SecondLogoutStatus == http.StatusNoContent {
		return http.StatusNoContent, p.end(ctx, c)
	}
	err := p.check(ctx, c)
	if errors.Is(err, errRevoked) {
		if p.cfg.SecondLogoutStatus >= http.StatusBadRequest {
			return 0, &refusal{p.cfg.SecondLogoutStatus, errRevoked.code, errRevoked.why}
		}
		return p.cfg.SecondLogoutStatus, nil
	}
	if err != nil {
		return 0, err
	}
	return http.StatusNoContent, p.end(ctx, c)
}
