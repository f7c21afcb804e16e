// Package stats turns what a bench measured into figures: quantiles of slices,
// medians of paired differences with their intervals, and histograms of
// latencies.
package stats
