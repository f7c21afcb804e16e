package scenarios

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Distribution adds to the record what was measured several times: the median,
// the 95th percentile and the longest, with how often it was measured. Without
// a measurement it adds nothing.
func (p *Play) Distribution(name string, measured []time.Duration, note string) {
	if len(measured) == 0 {
		return
	}
	sorted := slices.Sorted(slices.Values(measured))
	note = fmt.Sprintf("of %d, %s", len(sorted), note)
	for _, q := range []struct {
		name  string
		share float64
	}{{"p50", 0.5}, {"p95", 0.95}, {"max", 1}} {
		p.Number(name+" "+q.name, quantile(sorted, q.share).Seconds()*1000, "ms", note)
	}
}

// quantile is the least of the sorted values that at least such a share of them
// does not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	rank := int(math.Ceil(share * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}
