package concurrency_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/concurrency"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
)

func TestSound(t *testing.T) { prove.Sound(t, concurrency.Scenarios()) }

func TestFaults(t *testing.T) {
	const race, leak, spread = "concurrency/linearizable-logout", "concurrency/leak-window", "cluster/propagation-time"
	prove.Faults(t, concurrency.Scenarios(), map[string][]string{
		"ack-before-write":        {race, leak, spread},
		"negative-cache":          {race, leak, spread},
		"positive-cache-5s":       {race, leak, spread},
		"replica-never-hears":     {race, leak, spread},
		"replica-lags-100ms":      {race, leak, spread},
		"logout-lost-every-third": {race},
	})
}

func TestWhatIsMeasuredIsADistribution(t *testing.T) {
	prove.Measures(t, concurrency.Scenarios(), "concurrency/leak-window", "leak window p50", "leak window p95", "leak window max")
	prove.Measures(t, concurrency.Scenarios(), "cluster/propagation-time", "propagation time p50", "propagation time p95", "propagation time max")
}
