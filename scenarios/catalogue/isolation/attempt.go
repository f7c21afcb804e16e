package isolation

import "github.com/revocheck/revocheck/scenarios"

// attempt is what came of a token of the suite's own make. The zero value is one
// that the target does not accept, of which no harm can come.
type attempt int

const (
	notAccepted attempt = iota
	notEnded            // accepted, and its logout refused
	ended
)

// attempts counts tokens by what came of them.
type attempts map[attempt]int

func (a attempts) add(one attempt) { a[one]++ }

// mustHaveOne stops the scenario where the logout of every token that was accepted
// was refused: what a logout ends has not been seen.
func (a attempts) mustHaveOne(p *scenarios.Play) {
	if n := a[notEnded]; n > 0 && a[ended] == 0 {
		p.Undeclared(scenarios.SignedOutside, "none of the %d signed tokens that were accepted could be logged out: the target refuses to, and so acknowledges nothing", n)
	}
}
