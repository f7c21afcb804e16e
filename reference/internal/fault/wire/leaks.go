package wire

import (
	"log/slog"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var leakFaults = []fault.Fault{
	{Name: "answer-cacheable", Summary: "What a live token is answered with may be stored by any cache for five minutes.", Plant: fault.Each(offerAnswers)},
	{Name: "token-logged", Summary: "The access log holds the URL and the Authorization header of each request.", Plant: fault.Each(logToken)},
}

func offerAnswers(p *gateway.Process) {
	forward := p.Forward
	p.Forward = func(w http.ResponseWriter, r *http.Request, c *gateway.Call) {
		answer := gateway.NewRecorder()
		forward(answer, r, c)
		answer.Header().Set("Cache-Control", "public, max-age=300")
		answer.Send(w)
	}
}

func logToken(p *gateway.Process) {
	if p.Config.LogWriter == nil {
		return
	}
	log := slog.New(slog.NewJSONHandler(p.Config.LogWriter, nil))
	p.Log = func(r *http.Request, status int) {
		log.Info("request", "method", r.Method, "url", r.URL.String(), "status", status,
			"authorization", r.Header.Get("Authorization"))
	}
}
