// Package fault says what a planted fault is, and holds what the faults of
// several groups share: ways to plant one, and what a fault remembers. The
// faults lie in the packages below, by the group of the scenarios that are meant
// to find them; package all lists them.
package fault

import "github.com/revocheck/revocheck/reference/internal/gateway"

// Fault is one known defect in an otherwise sound gateway.
type Fault struct {
	Name    string
	Summary string // what the gateway then does wrong, in a sentence
	Group   string // of the scenarios that are meant to find it; package all fills it in
	// Adjust sets what the defect needs to be a defect: an algorithm, a
	// leniency, a leeway, a strategy. It may be nil.
	Adjust func(*gateway.Config)
	Plant  Planting
}

// Planting plants a fault. It is called once a deployment, for what its replicas
// share, and returns what is done to each process: one part of it is replaced.
type Planting func(*gateway.Site) func(*gateway.Process)

// Prepare is the configuration with what the fault needs.
func (f Fault) Prepare(cfg gateway.Config) gateway.Config {
	if f.Adjust != nil {
		f.Adjust(&cfg)
	}
	return cfg
}

// UseNotBefore has the gateway use the strategy not-before.
func UseNotBefore(cfg *gateway.Config) { cfg.Strategy = "not-before" }

// EndAllSessions has a logout end all of the user's sessions.
func EndAllSessions(cfg *gateway.Config) { cfg.LogoutScope = gateway.ScopeUser }
