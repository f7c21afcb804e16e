package stats

import (
	"math"
	"slices"
)

// mostMemory bounds how much a short run can be made to say of its own noise.
const mostMemory = 0.9

// memory estimates how much each value has of the one before it, from 0 to
// mostMemory: the lag-1 autocorrelation of the ranks, which one outlier cannot
// decide, plus its bias of about 1/n. A memory below zero counts as none.
func memory(values []float64) float64 {
	n := len(values)
	if n < MinPairs {
		return 0
	}
	ranks := ranksOf(values)
	middle := float64(n-1) / 2
	var with, all float64
	for i, r := range ranks {
		all += (r - middle) * (r - middle)
		if i > 0 {
			with += (r - middle) * (ranks[i-1] - middle)
		}
	}
	if all == 0 {
		return 0
	}
	return min(max(with/all+1/float64(n), 0), mostMemory)
}

// ranksOf gives equal values the mean of their ranks.
func ranksOf(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return 0
	})
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return ranks
}

// widened makes room for values that are not independent: n values with a
// memory of r say as much as n(1-r)/(1+r) without.
func (i Interval) widened(values []float64) Interval {
	r := memory(values)
	f := math.Sqrt((1 + r) / (1 - r))
	i.Lo, i.Hi = i.Point-f*(i.Point-i.Lo), i.Point+f*(i.Hi-i.Point)
	return i
}
