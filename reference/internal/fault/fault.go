package fault

import (
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// Fault is one known defect in an otherwise sound gateway.
type Fault struct {
	Name, Summary string
	// adjust sets what the defect needs to be a defect: an algorithm, a
	// leniency, a leeway, a strategy. It may be nil.
	Adjust func(*gateway.Config)
	// plant is called once a deployment, for what its replicas share, and
	// returns what is done to each process: one part of it is replaced.
	Plant Planting
}

// Planting plants a fault in a deployment.
type Planting func(*gateway.Site) func(*gateway.Process)

func (f Fault) Prepare(cfg gateway.Config) gateway.Config {
	if f.Adjust != nil {
		f.Adjust(&cfg)
	}
	return cfg
}
