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
	return m
}

// countCall counts a call by why it was refused, if it was.
func (m *metrics) countCall(err error) {
	var refused *Refusal
	outcome := "unavailable"
	switch {
	case err == nil:
		outcome = "accepted"
	case errors.Is(err, ErrRevoked):
		outcome = "revoked"
	case errors.As(err, &refused):
		outcome = "refused"
	}
	m.calls.WithLabelValues(outcome).Inc()
}

// timeStore starts a measurement and returns the function that ends it.
func (m *metrics) timeStore(operation string) func() {
	start := time.Now()
	return func() { m.store.WithLabelValues(operation).Observe(time.Since(start).Seconds()) }
}
