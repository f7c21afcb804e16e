package history

import (
	"fmt"
	"slices"
	"time"
)

// Fault names what is wrong with a register's history.
type Fault int

// The faults.
const (
	OverBlock Fault = iota // refused before any logout was sent
	Leak                   // accepted after its logout was acknowledged
	Revival                // accepted after it had been refused
)

// String names the fault.
func (f Fault) String() string { return []string{"over-block", "leak", "revival"}[f] }

// Violation is a register whose answers no order of the requests explains.
type Violation struct {
	Register string
	Fault    Fault
	// Why says it in one sentence.
	Why string
	// Timeline has the telling operations, in the order of sending.
	Timeline []Moment
	// After is how long after the proof of the revocation the last accepted
	// call was sent; 0 of an over-block.
	After time.Duration
}

// Moment is one operation in a timeline.
type Moment struct {
	Operation
	// At and Until are the instants of request and answer, counted from the
	// first operation of the timeline.
	At, Until time.Duration
	// Wrong marks what cannot be.
	Wrong bool
}

// String is the moment as a line of a report.
func (m Moment) String() string {
	text := fmt.Sprintf("%s to %s: %s", ms(m.At), ms(m.Until), m.Operation)
	if m.Kind == Logout && m.Outcome == Unknown {
		text = fmt.Sprintf("%s: %s, and may take effect at any later time or never", ms(m.At), m.Operation)
	}
	return text
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", d.Seconds()*1000) }

// violation explains a history of one register, in the order of sending, that
// the checker found illegal. As a register never goes back to live, there are
// three ways only: accepted after an acknowledgement, accepted after a
// refusal, and refused before any logout.
func violation(own []Operation, bound time.Duration) Violation {
	for _, f := range []Fault{Leak, Revival} {
		proof := firstProof(own, map[Fault]Outcome{Leak: Accepted, Revival: Refused}[f])
		if proof == nil {
			continue
		}
		wrong := func(o Operation) bool { return o.live() && o.Sent.After(proof.Received.Add(bound)) }
		if i := slices.IndexFunc(own, wrong); i >= 0 {
			return accepted(own, f, *proof, own[i], wrong)
		}
	}
	return overBlocked(own)
}

func accepted(own []Operation, f Fault, proof, first Operation, wrong func(Operation) bool) Violation {
	last := *lastLive(own)
	v := Violation{Register: own[0].Register, Fault: f, After: last.Sent.Sub(proof.Received)}
	what := map[Fault]string{Leak: "its logout was acknowledged", Revival: "it had been refused"}[f]
	v.Why = fmt.Sprintf("%s was accepted %s after %s", last.Token, ms(v.After), what)
	v.tell(own, wrong, proof, first, last)
	return v
}

// overBlocked explains a refusal that no logout can have caused.
func overBlocked(own []Operation) Violation {
	refused := *firstProof(own, Refused)
	v := Violation{Register: own[0].Register, Fault: OverBlock}
	v.Why = fmt.Sprintf("%s was refused before any logout was sent", refused.Token)
	v.tell(own, func(o Operation) bool { return o == refused }, refused)
	return v
}

// tell makes the timeline of some operations and of the first accepted call,
// logout and refusal.
func (v *Violation) tell(own []Operation, wrong func(Operation) bool, telling ...Operation) {
	for _, pick := range []func(Operation) bool{
		Operation.live,
		func(o Operation) bool { return o.Kind == Logout },
		func(o Operation) bool { return o.Outcome == Refused },
	} {
		if i := slices.IndexFunc(own, pick); i >= 0 {
			telling = append(telling, own[i])
		}
	}
	slices.SortStableFunc(telling, func(a, b Operation) int { return a.Sent.Compare(b.Sent) })
	seen := map[Operation]bool{}
	for _, o := range telling {
		if seen[o] {
			continue
		}
		seen[o] = true
		v.Timeline = append(v.Timeline, Moment{
			Operation: o, At: o.Sent.Sub(telling[0].Sent), Until: o.Received.Sub(telling[0].Sent), Wrong: wrong(o),
		})
	}
}

// firstProof is the acknowledged logout (Accepted) or the refusal (Refused)
// that was over first; nil if there is none.
func firstProof(own []Operation, outcome Outcome) *Operation {
	var first *Operation
	for i, o := range own {
		if o.proves() && o.Outcome == outcome && (first == nil || o.Received.Before(first.Received)) {
			first = &own[i]
		}
	}
	return first
}

func lastLive(own []Operation) *Operation {
	var last *Operation
	for i, o := range own {
		if o.live() {
			last = &own[i]
		}
	}
	return last
}
