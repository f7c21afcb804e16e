package reference

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/fault/all"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// Start builds a deployment of the gateway that the configuration describes, in
// so many replicas. Errors say which setting is wrong, or that the store cannot
// be opened. Close it after use.
func Start(cfg Config, replicas int) (*Deployment, error) {
	f, cfg, err := prepare(cfg)
	if err != nil {
		return nil, err
	}
	return gateway.Start(cfg, replicas, f.Plant)
}

// Effective is the configuration that a deployment would have: with its
// variants, with what its fault needs, and with the defaults.
func Effective(cfg Config) (Config, error) {
	_, cfg, err := prepare(cfg)
	if err != nil {
		return cfg, err
	}
	return cfg.WithDefaults()
}

// prepare finds the fault of a configuration, and sets what it and the variants
// need.
func prepare(cfg Config) (fault.Fault, Config, error) {
	cfg, err := applyVariants(cfg)
	if err != nil {
		return fault.Fault{}, cfg, err
	}
	f, err := all.Find(cfg.Fault)
	return f, f.Prepare(cfg), err
}

// Server is an http.Server for the handler, which a slow, huge or malformed
// request cannot exhaust. It speaks HTTP/1.1 and HTTP/2, the latter in
// cleartext as well. The caller sets Addr and TLS.
func Server(h http.Handler) *http.Server { return gateway.Server(h) }
