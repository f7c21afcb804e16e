package history

import (
	"math"
	"time"

	"github.com/anishathalye/porcupine"
)

// register is the sequential model of one register; its state is whether it
// has been revoked.
var register = porcupine.Model{
	Init: func() any { return false },
	Step: step,
}

func step(state, input, output any) (bool, any) {
	revoked, outcome := state.(bool), output.(Outcome)
	switch {
	case outcome == Refused:
		return revoked, revoked
	case input.(Kind) == Logout:
		return true, true
	}
	return !revoked, revoked
}

// events makes the checker's operations. Proof that a register is revoked
// need hold only once the bound has passed; an unknown logout is never over.
func events(ops []Operation, bound time.Duration) []porcupine.Operation {
	var list []porcupine.Operation
	origin := ops[0].Sent
	for _, o := range ops {
		e := porcupine.Operation{
			ClientId: o.Client, Input: o.Kind, Output: o.Outcome,
			Call: int64(o.Sent.Sub(origin)), Return: int64(o.Received.Sub(origin)),
		}
		switch {
		case o.Outcome == Unknown:
			e.Return = math.MaxInt64
		case o.proves():
			e.Return += int64(bound)
		}
		list = append(list, e)
	}
	return list
}

// proves reports whether the register is revoked once the operation is over.
func (o Operation) proves() bool {
	return o.Outcome == Refused || o.Kind == Logout && o.Outcome == Accepted
}

// live reports whether the register was live when the operation began.
func (o Operation) live() bool { return o.Kind == Call && o.Outcome == Accepted }
