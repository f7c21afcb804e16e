package stats

import "math"

// Student is the two-sided quantile of Student's t: a share of it, such as 0.95,
// lies within the value of zero, for so many degrees of freedom.
func Student(share float64, freedom int) float64 {
	if freedom < 1 || share <= 0 || share >= 1 {
		return 0
	}
	low, high := 0.0, 1e6
	for range 200 {
		middle := (low + high) / 2
		if within(middle, float64(freedom)) < share {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// within is the chance that |t| is at most so much: one less the regularised
// incomplete beta function at f/(f+t^2), with parameters f/2 and 1/2.
func within(t, f float64) float64 { return 1 - incompleteBeta(f/(f+t*t), f/2, 0.5) }

// incompleteBeta is the regularised incomplete beta function, by its continued
// fraction (DLMF 8.17.22).
func incompleteBeta(x, a, b float64) float64 {
	if x <= 0 || x >= 1 {
		return min(max(x, 0), 1)
	}
	if x > (a+1)/(a+b+2) {
		return 1 - incompleteBeta(1-x, b, a)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab - la - lb + a*math.Log(x) + b*math.Log1p(-x))
	fraction := 0.0
	for m := 300; m >= 1; m-- { // from the inside out
		k := float64(m / 2)
		term := k * (b - k) * x / ((a + 2*k - 1) * (a + 2*k))
		if m%2 == 1 {
			term = -(a + k) * (a + b + k) * x / ((a + 2*k) * (a + 2*k + 1))
		}
		fraction = term / (1 + fraction)
	}
	return front / a / (1 + fraction)
}
