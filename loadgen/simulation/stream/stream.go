// Package stream gives the random numbers of a simulation.
//
// A number is a function of the seed, the replication, who draws, what for and
// the how manieth time, and of nothing else. Under each strategy users therefore
// do the same at the same times, whatever was refused before, and the difference
// of two strategies is measured without the noise that they share.
package stream

import (
	"math"
	"math/rand/v2"
)

// Purpose is what a number is drawn for. Streams of different purposes have
// nothing to do with each other.
type Purpose uint8

// The purposes.
const (
	Start  Purpose = iota
	Wait           // until a user does something
	Choice         // of what the user does
	Theft
	Thief
	Replay
	Watch
	Network
	Storage
	Roam
	Age // of what was there before the start
)

// phi is 2^64 divided by the golden ratio, odd (Steele, Lea and Flood, 2014).
const phi = 0x9E3779B97F4A7C15

// Mix is the finalizer of SplitMix64.
func Mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Streams are those of one replication. They are not safe for concurrent use.
type Streams struct {
	base  uint64
	chain chain
	rand  *rand.Rand // over chain
}

// New gives the streams of a replication.
func New(seed uint64, replication int) *Streams {
	s := &Streams{base: Mix(Mix(seed+phi) ^ uint64(replication)*phi)}
	s.rand = rand.New(&s.chain)
	return s
}

// chain goes on from one number where one is not enough.
type chain struct{ state uint64 }

// Uint64 implements rand.Source.
func (c *chain) Uint64() uint64 {
	c.state += phi
	return Mix(c.state)
}

// Bits are 64 random bits.
func (s *Streams) Bits(who uint64, what Purpose, index uint64) uint64 {
	return Mix(Mix(s.base^who*phi^uint64(what)<<56) + index*phi)
}

// Unit is uniform in [0, 1).
func (s *Streams) Unit(who uint64, what Purpose, index uint64) float64 {
	return float64(s.Bits(who, what, index)>>11) / (1 << 53)
}

// Exponential has the mean 1.
func (s *Streams) Exponential(who uint64, what Purpose, index uint64) float64 {
	s.chain.state = s.Bits(who, what, index)
	return s.rand.ExpFloat64()
}

// Poisson counts events of which so many are expected. Above a thousand it is
// the normal approximation, whose error is below the third of a standard
// deviation's hundredth there.
func (s *Streams) Poisson(mean float64, who uint64, what Purpose, index uint64) int {
	s.chain.state = s.Bits(who, what, index)
	if mean > 1000 {
		return int(math.Round(max(0, mean+math.Sqrt(mean)*s.rand.NormFloat64())))
	}
	n := -1
	for left := mean; left >= 0; n++ {
		left -= s.rand.ExpFloat64()
	}
	return n
}
