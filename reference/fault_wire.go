package reference

import (
	"log/slog"
	"net/http"
)

var wireFaults = []fault{
	{Name: "refusal-cacheable", Summary: "A refusal may be stored and served again for an hour.", plant: onRefusal(setHeader("Cache-Control", "public, max-age=3600"))},
	{Name: "answer-cacheable", Summary: "What a live token is answered with may be stored by any cache for five minutes.", plant: each(offerAnswers)},
	{Name: "refusal-without-challenge", Summary: "A refusal has no WWW-Authenticate header.", plant: onRefusal(func(h http.Header) { h.Del("WWW-Authenticate") })},
	{Name: "retry-after-absurd", Summary: "A refusal asks the client to come back in a year.", plant: onRefusal(setHeader("Retry-After", "31536000"))},
	{Name: "refusal-renews", Summary: "A refusal of a token that was logged out carries a fresh one, as where sessions are renewed by themselves.", plant: each(renewRefused)},
	{Name: "token-logged", Summary: "The access log holds the URL and the Authorization header of each request.", plant: each(logToken)},
}

func setHeader(name, value string) func(http.Header) {
	return func(h http.Header) { h.Set(name, value) }
}

// onRefusal changes the header of every refusal.
func onRefusal(change func(http.Header)) planting {
	return each(func(p *process) {
		refuse := p.refuse
		p.refuse = func(w http.ResponseWriter, r *http.Request, err error) {
			answer := newRecorder()
			refuse(answer, r, err)
			change(answer.Header())
			answer.send(w)
		}
	})
}

func offerAnswers(p *process) {
	forward := p.forward
	p.forward = func(w http.ResponseWriter, r *http.Request, c *call) {
		answer := newRecorder()
		forward(answer, r, c)
		answer.Header().Set("Cache-Control", "public, max-age=300")
		answer.send(w)
	}
}

func renewRefused(p *process) {
	refuse := p.refuse
	refuseRevoked(p, func(w http.ResponseWriter, r *http.Request, c *call) {
		if raw, err := p.issue(r.Context(), p.claims(c.token.Subject, p.cfg.Lifetime), nil); err == nil {
			w.Header().Set("X-Renewed-Token", raw)
		}
		refuse(w, r, errRevoked)
	})
}

func logToken(p *process) {
	if p.cfg.LogWriter == nil {
		return
	}
	log := slog.New(slog.NewJSONHandler(p.cfg.LogWriter, nil))
	p.log = func(r *http.Request, status int) {
		log.Info("request", "method", r.Method, "url", r.URL.String(), "status", status,
			"authorization", r.Header.Get("Authorization"))
	}
}
