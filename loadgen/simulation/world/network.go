package world

import (
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/stream"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// network is the one between the regions of a workload.
type network struct {
	streams *stream.Streams
	regions int
	delay   workload.Law
	loss    float64
}

// newNetwork is nil where nothing is late or lost.
func newNetwork(w *workload.Workload, s *stream.Streams) Network {
	if w.Regions.Count < 2 || w.Regions.Delay.Zero() && w.Regions.Loss == 0 {
		return nil
	}
	return &network{s, w.Regions.Count, w.Regions.Delay, w.Regions.Loss}
}

// Delay implements Network.
func (n *network) Delay(from, to int, key string) time.Duration {
	who, index := number(key), uint64(from*n.regions+to)*2
	if n.loss > 0 && n.streams.Unit(who, stream.Network, index) < n.loss {
		return Never
	}
	return n.delay.Duration(n.streams.Unit(who, stream.Network, index+1))
}

// Longest implements Network.
func (n *network) Longest(from int, key string) (longest time.Duration) {
	for to := range n.regions {
		if to != from {
			longest = max(longest, n.Delay(from, to, key))
		}
	}
	return longest
}

// number is that of a key whose bytes are random already.
func number(key string) (n uint64) {
	for i := range min(len(key), 8) {
		n |= uint64(key[i]) << (8 * i)
	}
	return n
}
