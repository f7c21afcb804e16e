package loadgen

import "math/rand/v2"

// Call is one call that a Side is asked to build.
type Call struct {
	Class Class
	// Index chooses the token within its class. For NeverSeen it never
	// repeats in a run; for the others it is a draw from the whole range of
	// uint64, of which a side takes the remainder by the size of its pool.
	Index uint64
	// Stormed marks a Revoked call for a token that the logout storm ended
	// during this run; Index is then the number that Logout was given.
	Stormed bool
}

// draws turns sequence numbers into calls. It is a pure function of seed and
// number, so that every side of a round gets the same calls in the same
// order, and a seed repeats a run.
type draws struct {
	seed uint64
	mix  Mix
	// base numbers the first call of the slice within the run. It keeps
	// never-seen tokens unique, and differs between the slices of a round.
	base uint64
	// round numbers the first call of the round; its slices share it.
	round uint64
}

func (d draws) call(seq uint64) Call {
	rng := rand.New(rand.NewPCG(d.seed, d.round+seq))
	c := Call{Class: d.mix.pick(rng.Float64()), Index: rng.Uint64()}
	if c.Class == NeverSeen {
		c.Index = d.base + seq
	}
	return c
}

// firstSeen lists the never-seen calls among the first n of the slice, which
// a side must have ready before the slice begins.
func (d draws) firstSeen(n uint64) []Call {
	if d.mix.Share(NeverSeen) == 0 {
		return nil
	}
	var calls []Call
	for seq := range n {
		if c := d.call(seq); c.Class == NeverSeen {
			calls = append(calls, c)
		}
	}
	return calls
}
