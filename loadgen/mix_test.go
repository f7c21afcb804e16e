package loadgen

import (
	"math"
	"strings"
	"testing"
)

func TestParseMix(t *testing.T) {
	m, err := ParseMix("live=90, revoked=5,never-seen=5")
	if err != nil {
		t.Fatal(err)
	}
	for c, want := range map[Class]float64{Live: 0.9, Revoked: 0.05, Expired: 0, NeverSeen: 0.05} {
		if got := m.Share(c); math.Abs(got-want) > 1e-12 {
			t.Errorf("share of %s is %g, want %g", c, got, want)
		}
	}
	if got := m.String(); got != "live=90,revoked=5,never-seen=5" {
		t.Errorf("the mix renders as %q", got)
	}
}

func TestParseMixSaysWhatIsWrong(t *testing.T) {
	for text, part := range map[string]string{
		"":              "class=weight",
		"live":          "class=weight",
		"dead=1":        "not a class",
		"live=-1":       "not a weight",
		"live=NaN":      "not a weight",
		"live=+Inf":     "not a weight",
		"live=0":        "every weight is 0",
		"live=1,live=2": "twice",
	} {
		if _, err := ParseMix(text); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("ParseMix(%q): %v; want an error with %q", text, err, part)
		}
	}
}

func TestZeroMixIsLive(t *testing.T) {
	var m Mix
	if m.pick(0.7) != Live || m.Share(Live) != 1 {
		t.Error("the zero mix does not send live tokens only")
	}
}

func FuzzParseMix(f *testing.F) {
	f.Add("live=1,revoked=2")
	f.Add("live=1e308,expired=1e308")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMix(text)
		if err != nil {
			return
		}
		for _, u := range []float64{0, 0.5, 0.999999} {
			if c := m.pick(u); c >= classes {
				t.Errorf("%q draws class %d", text, c)
			}
		}
	})
}
