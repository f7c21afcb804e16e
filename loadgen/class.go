package loadgen

import (
	"fmt"
	"slices"
	"strings"
)

// Class is what is known of a token when it is sent, and so what its answer
// is judged by.
type Class uint8

// The classes of tokens.
const (
	Live      Class = iota // good, and sent before
	Revoked                // logged out before it is sent
	Expired                // past its exp
	NeverSeen              // good, and sent for the first time: no cache knows it
	classes                // how many there are
)

var classNames = []string{"live", "revoked", "expired", "never-seen"}

func (c Class) String() string {
	if c >= classes {
		return fmt.Sprintf("unknown(%d)", uint8(c))
	}
	return classNames[c]
}

// MarshalText renders the class's name.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a class's name and refuses any other text.
func (c *Class) UnmarshalText(b []byte) error {
	i := slices.Index(classNames, string(b))
	if i < 0 {
		return fmt.Errorf("%q is not a class of tokens (one of %s)", b, strings.Join(classNames, ", "))
	}
	*c = Class(i)
	return nil
}

// good reports whether a sound gateway accepts tokens of the class.
func (c Class) good() bool { return c == Live || c == NeverSeen }
