package loadgen

import (
	"math"
	"testing"
)

var allClasses = Mix{Live: 70, Revoked: 10, Expired: 10, NeverSeen: 10}

func TestDrawsRepeatBySeed(t *testing.T) {
	d := draws{seed: 3, mix: allClasses, base: 500, round: 100}
	again, other := d, d
	other.seed = 4
	differs := false
	for seq := range uint64(200) {
		if d.call(seq) != again.call(seq) {
			t.Fatalf("call %d is not repeatable", seq)
		}
		differs = differs || d.call(seq) != other.call(seq)
	}
	if !differs {
		t.Error("another seed draws the same calls")
	}
}

// The sides of a round must call with the same classes, and yet no token that
// counts as never seen may come twice.
func TestSlicesOfARoundShareTheirCalls(t *testing.T) {
	a := draws{seed: 3, mix: allClasses, base: 1000, round: 1000}
	b := draws{seed: 3, mix: allClasses, base: 1200, round: 1000}
	fresh := map[uint64]bool{}
	for seq := range uint64(200) {
		x, y := a.call(seq), b.call(seq)
		if x.Class != y.Class || x.Class != NeverSeen && x.Index != y.Index {
			t.Fatalf("call %d is %v on one side and %v on the other", seq, x, y)
		}
		for _, c := range []Call{x, y} {
			if c.Class == NeverSeen && fresh[c.Index] {
				t.Fatalf("the never-seen token %d is sent twice", c.Index)
			}
			fresh[c.Index] = fresh[c.Index] || c.Class == NeverSeen
		}
	}
}

func TestDrawsKeepTheMix(t *testing.T) {
	d, counts := draws{seed: 1, mix: allClasses}, map[Class]float64{}
	const n = 20_000
	for seq := range uint64(n) {
		counts[d.call(seq).Class]++
	}
	for c := range classes {
		want := allClasses.Share(c)
		if sd := math.Sqrt(want * (1 - want) / n); math.Abs(counts[c]/n-want) > 5*sd {
			t.Errorf("%s makes up %.4f of the calls, want %.4f", c, counts[c]/n, want)
		}
	}
	if got := len(d.firstSeen(n)); float64(got) != counts[NeverSeen] {
		t.Errorf("%d tokens are made ready for %g never-seen calls", got, counts[NeverSeen])
	}
}
