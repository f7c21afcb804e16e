package trial

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// Sound is an observation that holds of a sound gateway, and not of one with
// the fault.
type Sound func(*Gateway) bool

// Faults requires of each fault that its observation, the one under its name,
// holds of the healthy gateway and not of the one with the fault.
func Faults(t *testing.T, faults []fault.Fault, observations ...map[string]Sound) {
	known := 0
	for _, f := range faults {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			observe := find(observations, f.Name)
			if observe == nil {
				t.Fatal("no observation shows this fault")
			}
			if !observe(New(t, f.Prepare(gateway.Config{}))) {
				t.Error("the healthy gateway is accused")
			}
			if observe(New(t, gateway.Config{Fault: f.Name})) {
				t.Error("the fault does not show")
			}
		})
	}
	for _, m := range observations {
		known += len(m)
	}
	if known != len(faults) {
		t.Errorf("there are %d observations of %d faults", known, len(faults))
	}
}

func find(observations []map[string]Sound, name string) Sound {
	for _, m := range observations {
		if observe := m[name]; observe != nil {
			return observe
		}
	}
	return nil
}
