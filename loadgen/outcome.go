package loadgen

import (
	"fmt"
	"slices"
	"strings"
)

// Outcome is what one answer shows.
type Outcome uint8

// The outcomes. Anything that is neither an acceptance nor a declared refusal
// says nothing of the token and is a Fault. The zero value is a Fault too.
const (
	Fault     Outcome = iota // no answer, or one that says nothing of the token
	AsExpect                 // accepted or refused as the class demands
	Leak                     // a logged-out token accepted
	Lapse                    // an expired token accepted
	OverBlock                // a good token refused
	outcomes                 // how many there are
)

var outcomeNames = []string{"fault", "as-expected", "leak", "lapse", "over-block"}

func (o Outcome) String() string {
	if o >= outcomes {
		return fmt.Sprintf("unknown(%d)", uint8(o))
	}
	return outcomeNames[o]
}

// MarshalText renders the outcome's name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads an outcome's name and refuses any other text.
func (o *Outcome) UnmarshalText(b []byte) error {
	i := slices.Index(outcomeNames, string(b))
	if i < 0 {
		return fmt.Errorf("%q is not an outcome (one of %s)", b, strings.Join(outcomeNames, ", "))
	}
	*o = Outcome(i)
	return nil
}

// judge says what a status shows of a call with a token of class c. Status 0
// means that no answer came.
func (s *Side) judge(c Class, status int) Outcome {
	accepted, refused := s.accepts(status), s.refuses(status)
	switch want := s.expects(c); {
	case status == 0 || accepted == refused: // neither, or a side that contradicts itself
		return Fault
	case accepted == (want == WantAccept):
		return AsExpect
	case refused:
		return OverBlock
	case c == Expired:
		return Lapse
	}
	return Leak
}
