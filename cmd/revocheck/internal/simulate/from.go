package simulate

import (
	"fmt"
	"os"
	"strings"

	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/report"
)

// measured takes from a stored run how long a logout took to be known: the
// propagation time between replicas or, of a single endpoint, the leak window.
// Both are kept as three quantiles, between which lines are drawn, from 0 on.
func measured(file string, w *workload.Workload) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	defer func() { _ = f.Close() }()
	run, err := report.ReadJSON(f)
	if err != nil {
		return fmt.Errorf("--from %s: %w", file, err)
	}
	for _, name := range []string{"propagation time", "leak window"} {
		if quantiles, ok := quantilesOf(run, name); ok {
			w.Regions.Delay = workload.Sampled(quantiles)
			w.Regions.Count = max(w.Regions.Count, 2) // else nobody would have to hear of anything
			w.About = strings.TrimSpace(fmt.Sprintf("%s With the %s that %s measured of %s.", w.About, name, file, run.Subject.Name))
			return nil
		}
	}
	return fmt.Errorf("--from %s: the run measured neither a propagation time nor a leak window: play cluster/propagation-time and concurrency/leak-window", file)
}

// quantilesOf are 21 quantiles in seconds, of those of a distribution in a run.
func quantilesOf(r report.Run, name string) ([]float64, bool) {
	known := map[string]float64{}
	for _, record := range r.Records {
		for _, n := range record.Numbers {
			if q, ok := strings.CutPrefix(n.Name, name+" "); ok && n.Unit == "ms" {
				known[q] = max(known[q], n.Value/1000) // the worst of several algorithms
			}
		}
	}
	longest, ok := known["max"]
	if !ok {
		return nil, false
	}
	points := []struct{ share, seconds float64 }{{0, 0}, {0.5, known["p50"]}, {0.95, known["p95"]}, {1, longest}}
	var all []float64
	for i := range 21 {
		share := float64(i) / 20
		for k := 1; k < len(points); k++ {
			if a, b := points[k-1], points[k]; share <= b.share {
				all = append(all, a.seconds+(b.seconds-a.seconds)*(share-a.share)/(b.share-a.share))
				break
			}
		}
	}
	return all, true
}
