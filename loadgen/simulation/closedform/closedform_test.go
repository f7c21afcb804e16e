package closedform

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, part float64) {
	t.Helper()
	if math.Abs(got-want) > part*math.Abs(want) {
		t.Errorf("%s: %.6g, want %.6g", what, got, want)
	}
}

// hour has sessions so much longer than its tokens that the age at the logout is
// as good as uniform.
var hour = Tokens{Lifetime: 3600, Hazard: 1e-9}

func TestUniformAges(t *testing.T) {
	near(t, "E[A]", hour.Age(), 1800, 1e-3)
	near(t, "E[X]", hour.Rest(), 1800, 1e-3)
	near(t, "E[X|stolen]", Tokens{Lifetime: 3600, Hazard: 1e-5}.RestOfStolen(), 1200, 1e-2)
	near(t, "P(works again)", hour.WorksAfter(60), 1-60.0/3600, 1e-5)
	near(t, "E[max(X-p, 0)]", hour.Blocked(60), 3540.0*3540/2/3600, 1e-5)
	near(t, "E[min(d, X)] of three regions", Thief(3, 0, hour.Hears(120)), 2.0/3*(120-120.0*120/2/3600), 1e-4)
}

// The table "works again, mean usable s" of sessions of 30 minutes.
func TestTheRecipe(t *testing.T) {
	for _, c := range []struct{ lifetime, period, again, one, three float64 }{
		{300, 60, 0.813, 100, 136}, {300, 300, 0, 0, 103}, {900, 60, 0.948, 429, 468}, {900, 300, 0.720, 228, 401},
		{3600, 60, 0.995, 2304, 2344}, {3600, 300, 0.972, 2068, 2265}, {28800, 60, 1, 26940, 26980}, {86400, 300, 1, 84300, 84500},
	} {
		of := Tokens{Lifetime: c.lifetime, Hazard: 1.0 / 1800}
		if got := of.WorksAfter(c.period); math.Abs(got-c.again) > 0.0006 {
			t.Errorf("%g s, %g s: %.4f work again, want %.3f", c.lifetime, c.period, got, c.again)
		}
		if got := of.Blocked(c.period); math.Abs(got-c.one) > 0.6 {
			t.Errorf("%g s, %g s: usable for %.1f s, want %g", c.lifetime, c.period, got, c.one)
		}
		if got := Thief(3, of.Blocked(c.period), of.Rest()); math.Abs(got-c.three) > 0.6 {
			t.Errorf("%g s, %g s, three regions: usable for %.1f s, want %g", c.lifetime, c.period, got, c.three)
		}
	}
}

func TestLittlesLaw(t *testing.T) {
	of := Tokens{Lifetime: 3600, Hazard: 1.0 / 1800, Leeway: 30}
	even := func(float64) float64 { return 50 }
	near(t, "an even rate", of.ListSize(even, 0), 50*(3600-of.Age()+31), 1e-4)
	uniform := Tokens{Lifetime: 3600, Hazard: 1e-4, Leeway: 30}
	near(t, "long sessions", uniform.ListSize(even, 0), 50*(3600-uniform.Age()+31), 1e-4)
}

// What the integrals give is what the formulas do.
func TestIntegralsAgreeWithTheFormulas(t *testing.T) {
	of := Tokens{Lifetime: 900, Hazard: 1.0 / 1800, Leeway: 30}
	near(t, "E[X]", of.MeanOf(func(x float64) float64 { return x }), of.Rest(), 1e-9)
	near(t, "P(X > 200)", of.MeanOf(func(x float64) float64 {
		if x > 200 {
			return 1
		}
		return 0
	}), of.WorksAfter(200), 1e-3)
	of.Leeway = 0
	m, q := of.Hazard, 900-60.0
	near(t, "E[max(X-60, 0)]", of.Blocked(60), (q+math.Expm1(-m*q)/m)/-math.Expm1(-m*900), 1e-5)
}
