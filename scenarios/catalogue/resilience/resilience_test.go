package resilience_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/resilience"
)

func TestSound(t *testing.T) { prove.Sound(t, resilience.Scenarios()) }

func TestFaults(t *testing.T) {
	const slow, reset, back, parted = "resilience/store-slow", "resilience/connection-reset", "resilience/store-back", "resilience/store-partition"
	prove.Faults(t, resilience.Scenarios(), map[string][]string{
		"fails-open":                  {reset, back, parted},
		"falls-back-to-memory":        {back, parted},
		"slow-store-accepts":          {slow},
		"reset-accepts":               {reset},
		"stale-when-cut-off":          {parted},
		"never-reconnects":            {reset, back},
		"gives-store-up":              {reset, back},
		"logout-success-when-down":    {back, parted},
		"open-declared-closed-served": {"resilience/store-down-open"},
		"volatile-store":              {"resilience/store-restart-without-persistence"},
		"restart-loses-revocations":   {"resilience/store-restart-with-persistence"},
		"failover-loses-revocations":  {"resilience/store-failover"},
		"evicts-when-full":            {"resilience/store-evicts"},
	})
}
