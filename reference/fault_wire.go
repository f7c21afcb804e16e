package reference

import (
	"log/slog"
	"net/http"
)

var wireFaults = []Fault{
	{Name: "refusal-cacheable", Summary: "A refusal may be stored and served again for an hour.", Plant: onRefusal(setHeader("Cache-Control", "public, max-age=3600"))},
	{Name: "answer-cacheable", Summary: "What a live token is answered with may be stored by any cache for five minutes.", Plant: Each(offerAnswers)},
	{Name: "refusal-without-challenge", Summary: "A refusal has no WWW-Authenticate header.", Plant: onRefusal(func(h http.Header) { h.Del("WWW-Authenticate") })},
	{Name: "retry-after-absurd", Summary: "A refusal asks the client to come back in a year.", Plant: onRefusal(setHeader("Retry-After", "31536000"))},
	{Name: "refusal-renews", Summary: "A refusal of a token that was logged out carries a fresh one, as where sessions are renewed by themselves.", Plant: Each(renewRefused)},
	{Name: "token-logged", Summary: "The access log holds the URL and the Authorization header of each request.", Plant: Each(logToken)},
}

func setHeader(name, value string) func(http.Header) {
	return func(h http.Header) { h.Set(name, value) }
}

// onRefusal changes the header of every refusal.
func onRefusal(change func(http.Header)) Planting {
	return Each(func(p *Process) {
		refuse := p.Refuse
		p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
			answer := NewRecorder()
			refuse(answer, r, err)
			change(answer.Header())
			answer.Send(w)
		}
	})
}

func offerAnswers(p *Process) {
	forward := p.Forward
	p.Forward = func(w http.ResponseWriter, r *http.Request, c *Call) {
		answer := NewRecorder()
		forward(answer, r, c)
		answer.Header().Set("Cache-Control", "public, max-age=300")
		answer.Send(w)
	}
}

func renewRefused(p *Process) {
	refuse := p.Refuse
	refuseRevoked(p, func(w http.ResponseWriter, r *http.Request, c *Call) {
		if raw, err := p.Issue(r.Context(), p.Claims(c.Token.Subject, p.Config.Lifetime), nil); err == nil {
			w.Header().Set("X-Renewed-Token", raw)
		}
		refuse(w, r, ErrRevoked)
	})
}

func logToken(p *Process) {
	if p.Config.LogWriter == nil {
		return
	}
	log := slog.New(slog.NewJSONHandler(p.Config.LogWriter, nil))
	p.Log = func(r *http.Request, status int) {
		log.Info("request", "method", r.Method, "url", r.URL.String(), "status", status,
			"authorization", r.Header.Get("Authorization"))
	}
}
