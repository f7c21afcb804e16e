package closedform

import (
	"math"
	"testing"
)

// The sizes are those of "Size Comparison" in draft-ietf-oauth-status-list
// (commit 2fb61cd, 20 April 2026), for a million entries, in bytes.
func TestStatusListsAreAsLargeAsPublished(t *testing.T) {
	const kib = 1024
	for share, published := range map[float64]float64{
		0.0001: 442, 0.001: 2.2 * kib, 0.01: 13.7 * kib, 0.02: 23.0 * kib, 0.05: 43.9 * kib, 0.1: 67.6 * kib, 0.25: 102.2 * kib, 0.5: 122.1 * kib,
	} {
		got := float64(StatusList(1_000_000, share, 1))
		if math.Abs(got-published) > 0.1*published {
			t.Errorf("%g %% revoked: %.0f bytes, published are %.0f", 100*share, got, published)
		}
		if bound := StatusListBound(1_000_000, share); got < bound {
			t.Errorf("%g %% revoked: %.0f bytes are fewer than the entropy of %.0f", 100*share, got, bound)
		}
	}
}
