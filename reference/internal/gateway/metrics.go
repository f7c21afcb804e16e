package gateway

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are those of one process. Each has a registry of its own, so that
// several replicas fit in one program.
type metrics struct {
	registry *prometheus.Registry
	calls    *prometheus.CounterVec
	store    *prometheus.HistogramVec
	logins   prometheus.Counter
	logouts  prometheus.Counter

	// What each call counts is looked up once.
	accepted   prometheus.Counter
	check, end prometheus.Observer
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "revocheck_gateway_calls_total", Help: "Calls of protected routes, by outcome.",
		}, []string{"outcome"}),
		store: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "revocheck_gateway_store_seconds", Help: "Time taken by the revocation strategy.",
			Buckets: prometheus.ExponentialBuckets(1e-6, 4, 12),
		}, []string{"operation"}),
		logins: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "revocheck_gateway_logins_total", Help: "Tokens issued.",
		}),
		logouts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "revocheck_gateway_logouts_total", Help: "Logouts acknowledged.",
		}),
	}
	m.registry.MustRegister(m.calls, m.store, m.logins, m.logouts)
	m.accepted = m.calls.WithLabelValues("accepted")
	m.check, m.end = m.store.WithLabelValues("check"), m.store.WithLabelValues("end")
	return m
}

// countCall counts a call by why it was refused, if it was.
func (m *metrics) countCall(err error) {
	var refused *Refusal
	switch {
	case err == nil:
		m.accepted.Inc()
	case errors.Is(err, ErrRevoked):
		m.calls.WithLabelValues("revoked").Inc()
	case errors.As(err, &refused):
		m.calls.WithLabelValues("refused").Inc()
	default:
		m.calls.WithLabelValues("unavailable").Inc()
	}
}

// since observes the time that has passed.
func since(start time.Time, of prometheus.Observer) { of.Observe(time.Since(start).Seconds()) }
