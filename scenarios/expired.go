package scenarios

import (
	"fmt"
	"time"
)

// sure is how long before exp a target must still accept a token. Within it, as
// after exp, a refusal is no finding: targets count whole seconds and round
// them, and an answer takes its time.
const sure = time.Second / 2

// RanOut reports whether a token that was never logged out may be refused by
// now, because its exp is near or past.
func (p *Play) RanOut(t *Token) bool {
	if t == nil || p.planning {
		return false
	}
	left, ok := p.Clock().Left(t)
	return ok && left < sure+p.run.observed.Unsure
}

// ranOutText says that a token was too short-lived for the scenario.
func ranOutText(t *Token, a Answer) string {
	return fmt.Sprintf("%s was answered %d, and had come to its exp: it lives too short for the pace of this scenario; "+
		"let logins give a longer life, or see to limits.rate and limits.replays", t, a.Status)
}
