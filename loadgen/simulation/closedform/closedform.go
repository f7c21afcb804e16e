// Package closedform holds what can be computed of a simulation without one, to
// hold the simulation to it. Times are seconds.
package closedform

import "math"

// Tokens are those of sessions of exponential length that get a new token
// whenever one expires. A is the age of a session's token when it ends; its
// density at a is Hazard*exp(-Hazard*a)/D on (0, Lifetime), where D is
// 1-exp(-Hazard*Lifetime).
type Tokens struct {
	Lifetime float64
	Hazard   float64 // one in the mean length of a session
	Leeway   float64
}

// d is D.
func (t Tokens) d() float64 { return -math.Expm1(-t.Hazard * t.Lifetime) }

// Age is the mean of A: 1/m - L*exp(-mL)/D.
func (t Tokens) Age() float64 {
	return 1/t.Hazard - t.Lifetime*math.Exp(-t.Hazard*t.Lifetime)/t.d()
}

// AgeSquare is the mean of the square of A: 2/m^2 - (L^2+2L/m)*exp(-mL)/D.
func (t Tokens) AgeSquare() float64 {
	m, l := t.Hazard, t.Lifetime
	return 2/(m*m) - (l*l+2*l/m)*math.Exp(-m*l)/t.d()
}

// Rest is the mean of X, the life that a token has left: g + L - E[A].
func (t Tokens) Rest() float64 { return t.Leeway + t.Lifetime - t.Age() }

// RestOfStolen is the mean of X where each token is stolen at a constant rate as
// long as it lives, and old ones are likelier to be: L + g - E[A^2]/E[A].
func (t Tokens) RestOfStolen() float64 { return t.Lifetime + t.Leeway - t.AgeSquare()/t.Age() }

// Older is the chance that A is above a.
func (t Tokens) Older(a float64) float64 {
	switch {
	case a <= 0:
		return 1
	case a >= t.Lifetime:
		return 0
	}
	return (math.Exp(-t.Hazard*a) - math.Exp(-t.Hazard*t.Lifetime)) / t.d()
}

// WorksAfter is the chance that X is above p: (1-exp(-m(L+g-p)))/D.
func (t Tokens) WorksAfter(p float64) float64 { return 1 - t.Older(t.Lifetime+t.Leeway-p) }

// MeanOf is the mean of f(X), by Simpson's rule in 4000 steps.
func (t Tokens) MeanOf(f func(x float64) float64) float64 {
	const steps = 4000
	density := func(a float64) float64 { return t.Hazard * math.Exp(-t.Hazard*a) / t.d() }
	h, sum := t.Lifetime/steps, 0.0
	for i := 0; i <= steps; i++ {
		weight := 2.0 + 2*float64(i%2)
		if i == 0 || i == steps {
			weight = 1
		}
		a := float64(i) * h
		sum += weight * f(t.Lifetime+t.Leeway-a) * density(a)
	}
	return sum * h / 3
}

// Blocked is the mean exposure where a logout blocks its token for p, and the
// token then works again: E[max(X-p, 0)].
func (t Tokens) Blocked(p float64) float64 {
	return t.MeanOf(func(x float64) float64 { return max(x-p, 0) })
}

// Hears is the mean exposure in a region that hears of the logout after exactly d:
// E[min(d, X)].
func (t Tokens) Hears(d float64) float64 {
	return t.MeanOf(func(x float64) float64 { return min(d, x) })
}

// HearsExponentially is Hears of an exponential delay of mean d.
func (t Tokens) HearsExponentially(d float64) float64 {
	return t.MeanOf(func(x float64) float64 { return -d * math.Expm1(-x/d) })
}

// Thief is the mean exposure to a thief in a random one of so many regions: home
// in the one where the token was ended, elsewhere in the others.
func Thief(regions int, home, elsewhere float64) float64 {
	return (home + float64(regions-1)*elsewhere) / float64(regions)
}

// ListSize is how many entries of ended tokens are held at a time, by Little's
// law: the integral over the past of the rate of logins and of the chance that
// the session has been logged out since, and its entry is still kept. The code
// keeps one a second longer than the token could be accepted. With a constant
// rate it is that of the logouts times L - E[A] + g + 1 s.
func (t Tokens) ListSize(logins func(seconds float64) float64, at float64) float64 {
	longest := 20/t.Hazard + 2*t.Lifetime
	h := max(t.Lifetime/600, longest/50_000)
	sum := 0.0
	for u := h / 2; u < longest; u += h {
		sum += logins(at-u) * t.kept(u, h)
	}
	return sum * h
}

// kept is the chance that a session which began u ago, give or take half of h,
// has left an entry: it ended under its present token, or under the one before,
// whose entry outlives it.
func (t Tokens) kept(u, h float64) float64 {
	k := math.Floor(u / t.Lifetime)
	begun := k * t.Lifetime
	chance := math.Exp(-t.Hazard*begun) - math.Exp(-t.Hazard*u)
	if outlives := (t.Leeway + 1 - (u - begun - h/2)) / h; k > 0 && outlives > 0 {
		before := math.Exp(-t.Hazard*(begun-t.Lifetime)) - math.Exp(-t.Hazard*begun)
		chance += before * min(outlives, 1)
	}
	return chance
}
