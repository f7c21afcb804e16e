package history

import "time"

// settle leaves out operations of one register that others make certain, so
// that the checker's search grows with how much overlaps and not with how
// long the history is. A register never goes back to live; therefore
//   - an accepted call says nothing beside one that was sent after its answer,
//   - a refusal or acknowledgement says nothing beside a proof that was there
//     before it was sent (an acknowledged logout is a cause too: the proof
//     must stand for one, so a logout is left out only behind another logout),
//   - of unknown logouts the first can do whatever the others can,
//   - an unknown call says nothing at all.
func settle(ops []Operation) []Operation {
	f := frontierOf(ops)
	var kept []Operation
	for i, o := range ops {
		if f.keeps(i, o) {
			kept = append(kept, o)
		}
	}
	return kept
}

// frontier is what of a register's history makes other operations certain.
type frontier struct {
	lastLive     time.Time // when the last accepted call was sent
	firstRefused time.Time // when the first refusal was received
	firstEnded   time.Time // when the first logout was acknowledged
	firstUnknown int       // index of the first unknown logout, or -1
}

func frontierOf(ops []Operation) frontier {
	f := frontier{firstUnknown: -1}
	for i, o := range ops {
		switch {
		case o.Kind == Logout && o.Outcome == Unknown:
			if f.firstUnknown < 0 || o.Sent.Before(ops[f.firstUnknown].Sent) {
				f.firstUnknown = i
			}
		case o.live():
			f.lastLive = later(f.lastLive, o.Sent)
		case o.Outcome == Refused:
			f.firstRefused = earlier(f.firstRefused, o.Received)
		case o.proves():
			f.firstEnded = earlier(f.firstEnded, o.Received)
		}
	}
	return f
}

func (f frontier) keeps(i int, o Operation) bool {
	switch {
	case o.Kind == Logout && o.Outcome == Unknown:
		return i == f.firstUnknown
	case o.live():
		return !o.Received.Before(f.lastLive)
	case o.Outcome == Refused:
		return !o.Sent.After(f.firstRefused)
	case o.proves():
		return !o.Sent.After(f.firstEnded)
	}
	return false
}

func later(a, b time.Time) time.Time {
	if a.IsZero() || b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
