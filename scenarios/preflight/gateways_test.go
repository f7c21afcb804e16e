package preflight_test

import (
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/reference"
)

// A bad gateway is for the scenarios to judge, and a sound one for nobody to
// refuse: none is held up before them.
func TestEveryGatewayReachesTheScenarios(t *testing.T) {
	gateways := map[string]gateway.Config{}
	for _, f := range gateway.Faults() {
		gateways["fault "+f.Name] = gateway.Config{Fault: f.Name}
	}
	for _, v := range gateway.Variants() {
		gateways["variant "+v.Name] = gateway.Config{Variants: []string{v.Name}}
	}
	for _, s := range gateway.Strategies() {
		gateways["strategy "+s.Name] = gateway.Config{Strategy: s.Name}
	}
	for name, cfg := range gateways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target, err := reference.New(cfg, 2)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := scenarios.Preflight(t.Context(), target); err != nil {
				t.Error(err)
			}
		})
	}
}
