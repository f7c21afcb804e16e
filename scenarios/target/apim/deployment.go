package apim

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/scenarios"
)

// Deployment is the service on the system's clock, to be served by a process
// of its own. Close it after use.
type Deployment struct {
	running  *service
	contract scenarios.Contract
}

// Deploy starts the service. What is wrong in the policies is returned as
// apim.LoadErrors.
func Deploy(o Options) (*Deployment, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	s, err := start(o, clock.System())
	if err != nil {
		return nil, err
	}
	return &Deployment{running: s, contract: contract(o, s.issuer.Config())}, nil
}

// Regions are the gateways of the regions.
func (d *Deployment) Regions() []http.Handler { return d.running.replicas() }

// Contract says how the service is used. Its endpoints are for who serves it
// to fill in.
func (d *Deployment) Contract() scenarios.Contract { return d.contract }

// Close ends the service.
func (d *Deployment) Close() error { return d.running.issuer.Close() }
