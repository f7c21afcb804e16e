package counter

import "time"

// gateway is what one gateway has counted.
type gateway struct {
	meters map[string]meter
	// round holds the key of every meter, and next whose turn it is to be looked
	// over: a few with each call, so that no call waits while all are.
	round []string
	next  int
}

// perCall is how many meters a call looks over: more than it can add.
const perCall = 2

func (g *gateway) meter(key string, fresh func() meter) meter {
	m, ok := g.meters[key]
	if !ok {
		m = fresh()
		g.meters[key] = m
		g.round = append(g.round, key)
	}
	return m
}

// lookOver forgets a few of the meters that no longer count, so that memory is
// bounded by the keys of the last periods.
func (g *gateway) lookOver(now time.Time) {
	for range min(perCall, len(g.round)) {
		g.next %= len(g.round)
		key := g.round[g.next]
		if !g.meters[key].idle(now) {
			g.next++
			continue
		}
		delete(g.meters, key)
		last := len(g.round) - 1
		g.round[g.next], g.round[last] = g.round[last], ""
		g.round = g.round[:last]
	}
}

func (g *gateway) forget() { *g = gateway{meters: map[string]meter{}} }
