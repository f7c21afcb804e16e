package reference

import (
	"maps"
	"slices"
	"testing"
)

// Sound is an observation that holds of a sound gateway, and not of one with
// the fault.
type Sound func(*Gateway) bool

var observations = merge(
	lifecycleObservations, issueObservations, replayObservations, respellingObservations, retentionObservations,
	isolationObservations, forgeryObservations, wireObservations, clusterObservations, directObservations,
	lapseObservations, doorObservations, sessionObservations, togetherObservations, requestObservations,
	browserObservations, revivalObservations, olderObservations,
	quietObservations, busyObservations,
)

func merge(all ...map[string]Sound) map[string]Sound {
	merged := map[string]Sound{}
	for _, m := range all {
		maps.Copy(merged, m)
	}
	return merged
}

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	for _, f := range faults {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			observe, ok := observations[f.Name]
			if !ok {
				t.Fatal("no observation shows this fault")
			}
			if !observe(New(t, f.Prepare(Config{}))) {
				t.Error("the healthy gateway is accused")
			}
			if observe(New(t, Config{Fault: f.Name})) {
				t.Error("the fault does not show")
			}
		})
	}
}

func TestEachObservationHasItsFault(t *testing.T) {
	known := namesOf(Faults())
	for name := range observations {
		if !slices.Contains(known, name) {
			t.Errorf("%s is observed and is not a fault", name)
		}
	}
}

func TestNamesAreUniqueAndExplained(t *testing.T) {
	var variantInfos []Info
	for _, v := range Variants() {
		variantInfos = append(variantInfos, Info{v.Name, v.Summary})
	}
	for what, infos := range map[string][]Info{"fault": Faults(), "strategy": Strategies(), "variant": variantInfos} {
		seen := map[string]bool{}
		for _, info := range infos {
			if seen[info.Name] || len(info.Summary) < 20 || info.Summary[len(info.Summary)-1] != '.' {
				t.Errorf("%s %q appears twice or is not explained in a sentence: %q", what, info.Name, info.Summary)
			}
			seen[info.Name] = true
		}
	}
	if n := len(Faults()); n < 60 {
		t.Errorf("there are %d faults, want at least 60", n)
	}
}

func namesOf(infos []Info) []string {
	var list []string
	for _, i := range infos {
		list = append(list, i.Name)
	}
	return list
}
