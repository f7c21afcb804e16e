// Package loadgen measures what the revocation check of a gateway costs.
//
// It drives one or more sides (gateways, or two ways of calling one gateway)
// with an open-loop load over vegeta's library, judges every answer by the
// class of the token that it carried, and compares the sides in short slices
// that alternate in one run, because two runs one after the other differ by
// more than the check costs. The unit of the statistics is the pair of
// slices: requests within a slice are not independent.
//
// The package knows no gateway: a Side says how a call is built and which
// statuses accept or refuse it. It holds the plan of a bench, its run and the
// Result. Below it lie what it works with: pace (when a call is due), send
// (vegeta), stats (quantiles and intervals), limit (what must be held); and what
// works with its results: stored, writer and plot.
package loadgen
