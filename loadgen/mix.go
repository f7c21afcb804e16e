package loadgen

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Mix is the share of each class among the calls, as weights of any sum. The
// zero value sends live tokens only.
type Mix [classes]float64

// ParseMix reads weights such as "live=90,revoked=5,never-seen=5".
func ParseMix(text string) (Mix, error) {
	var m Mix
	for part := range strings.SplitSeq(text, ",") {
		if err := m.parseShare(part); err != nil {
			return Mix{}, fmt.Errorf("mix %q: %w", text, err)
		}
	}
	if m.sum() == 0 {
		return Mix{}, fmt.Errorf("mix %q: every weight is 0", text)
	}
	return m, nil
}

func (m *Mix) parseShare(part string) error {
	name, weight, found := strings.Cut(strings.TrimSpace(part), "=")
	if !found {
		return fmt.Errorf("%q is not of the form class=weight", part)
	}
	var c Class
	if err := c.UnmarshalText([]byte(name)); err != nil {
		return err
	}
	w, err := strconv.ParseFloat(weight, 64)
	if err != nil || w < 0 || math.IsNaN(w) || math.IsInf(w, 0) {
		return fmt.Errorf("%q is not a weight: use a number of 0 or more", weight)
	}
	if m[c] != 0 {
		return errors.New("class " + name + " is given twice")
	}
	m[c] = w
	return nil
}

func (m Mix) sum() (total float64) {
	for _, w := range m {
		total += w
	}
	return total
}

// Share returns the part of all calls that carry a token of the class, from
// 0 to 1.
func (m Mix) Share(c Class) float64 {
	total := m.sum()
	if total == 0 {
		if c == Live {
			return 1
		}
		return 0
	}
	return m[c] / total
}

// String renders the mix in the form that ParseMix reads.
func (m Mix) String() string {
	var parts []string
	for c := range classes {
		if share := m.Share(c); share > 0 {
			parts = append(parts, fmt.Sprintf("%s=%g", c, math.Round(share*1e4)/100))
		}
	}
	return strings.Join(parts, ",")
}

// pick returns the class whose part of the unit interval holds u.
func (m Mix) pick(u float64) Class {
	last := Live
	for c := range classes {
		share := m.Share(c)
		if share == 0 {
			continue
		}
		if u < share {
			return c
		}
		u, last = u-share, c
	}
	return last // u was 1 within rounding
}
