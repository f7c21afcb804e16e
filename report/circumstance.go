package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// atTimes stands where nothing is known to differ from a call that came out well.
const atTimes = "at times"

// SomeTimeLater stands in a finding for a time after the logout that the calls of
// the record tell.
const SomeTimeLater = "some time later"

// rightAfter stands for a token that was accepted in its first call after the logout
// and refused when it was called again.
const rightAfter = "right after its logout, and refused when called again"

// circumstance is a time in the life of a logged-out token that may tell those that
// are accepted from those that are refused.
type circumstance struct {
	of   Dimension
	what string // a sentence for a range
	time func(*Call) (d Duration, known bool)
}

// circumstances, the one that says most first.
var circumstances = []circumstance{
	{OfLife, "they live for %s", func(c *Call) (Duration, bool) { return c.Life, c.Life > 0 }},
	{LeftAtLogout, "they were logged out %s before their exp", func(c *Call) (Duration, bool) { return c.Life - c.Age, c.Life > 0 }},
	{AgeAtLogout, "they were logged out %s after their login", func(c *Call) (Duration, bool) { return c.Age, true }},
	{IdleAtLogout, "they were last called %s before their logout", func(c *Call) (Duration, bool) { return c.Idle, true }},
}

// span are the times of accepted calls, between which none of a refused one lies,
// and whether there are refused ones below and above.
type span struct {
	from, to     Duration
	below, above bool
}

// spanOf is false if the times do not tell the accepted calls from the refused ones.
func spanOf(of circumstance, accepted, refused []*Call) (span, bool) {
	s := span{from: math.MaxInt64}
	for _, c := range accepted {
		t, known := of.time(c)
		if !known {
			return s, false
		}
		s.from, s.to = min(s.from, t), max(s.to, t)
	}
	for _, c := range refused {
		switch t, known := of.time(c); {
		case !known:
		case t < s.from:
			s.below = true
		case t > s.to:
			s.above = true
		default:
			return s, false
		}
	}
	return s, len(accepted) > 0 && (s.below || s.above)
}

func (s span) String() string {
	switch {
	case !s.above:
		return lasting(s.from) + " or longer"
	case s.from == s.to && (s.below || s.to == 0):
		return lasting(s.from)
	case !s.below:
		return lasting(s.to) + " or less"
	}
	return lasting(s.from) + " to " + lasting(s.to)
}

// rank orders what tells calls apart: what is short at the end of a life or long
// says more than what is short in all, and one limit more than two.
func (s span) rank(of Dimension) int {
	switch {
	case s.below && s.above:
		return 3
	case s.above && of == LeftAtLogout:
		return 0
	case s.above && of != AgeAtLogout:
		return 2
	}
	return 1
}

// toldApart are the circumstances that tell the calls apart, the best one first.
func toldApart(accepted, refused []*Call) (dims []Dimension, spans map[Dimension]span) {
	spans = map[Dimension]span{}
	for _, c := range circumstances {
		if s, ok := spanOf(c, accepted, refused); ok {
			dims, spans[c.of] = append(dims, c.of), s
		}
	}
	slices.SortStableFunc(dims, func(a, b Dimension) int { return spans[a].rank(a) - spans[b].rank(b) })
	return dims, spans
}

// narrowed says in what a call with a dead token that was accepted differs from those
// that were refused, all of them plain: in a time of the token's life; where
// no such time tells them apart, it happens at times.
func (f *finder) narrowed(rec Record) Where {
	dims, _ := toldApart(plain("accepted", rec), plain("refused", f.run.Records...))
	switch {
	case f.comesAndGoes():
		return Where{AtTime: atTimes}
	case len(dims) > 0:
		return Where{dims[0]: "some"}
	case acceptedFirst(rec):
		return Where{AtTime: rightAfter}
	}
	return Where{AtTime: atTimes}
}

// comesAndGoes reports whether a record shows that a token was refused, accepted and
// refused again, for no reason that is known.
func (f *finder) comesAndGoes() bool {
	return slices.ContainsFunc(f.run.Records, func(r Record) bool {
		return r.Finding != nil && r.Finding.Observable == DeadAccepted && r.Finding.Where[AtTime] == atTimes
	})
}

// acceptedFirst reports whether the first dead token that was accepted had not been
// refused before, and was refused when it was called again.
func acceptedFirst(rec Record) bool {
	refused := map[string]bool{}
	for _, s := range rec.Steps {
		switch c := s.Call; {
		case c == nil || !c.Dead:
		case c.Got == "refused":
			refused[c.Token] = true
		case c.Got == "accepted":
			return !refused[c.Token] && slices.ContainsFunc(plain("refused", rec), func(again *Call) bool { return again.Token == c.Token })
		}
	}
	return false
}

// plain are the calls of dead tokens that differ in nothing from the plainest one, and
// had that outcome before their exp.
func plain(got string, records ...Record) (calls []*Call) {
	for _, rec := range records {
		for _, s := range rec.Steps {
			if c := s.Call; c != nil && c.Dead && len(c.Where) == 0 && c.Got == got && !c.pastExp() {
				calls = append(calls, s.Call)
			}
		}
	}
	return calls
}

// measure puts the times that the calls of a cause tell in the place of words for
// them, and says in what else the accepted calls differ from the refused ones.
func (f *finder) measure(c *causeOf) (also []string) {
	if c.Observable != DeadAccepted {
		return nil
	}
	if i := slices.Index(c.Where[AtTime], SomeTimeLater); i >= 0 {
		if text := c.firstAgain(); text != "" {
			c.Where[AtTime][i] = text
		}
	}
	dims, spans := toldApart(c.plain("accepted"), plain("refused", f.run.Records...))
	for _, d := range dims {
		switch i := slices.IndexFunc(circumstances, func(o circumstance) bool { return o.of == d }); {
		case len(c.Where[d]) > 0:
			c.Where[d] = []string{spans[d].String()}
		case len(c.Where) == 0 || len(c.Where[dims[0]]) > 0:
			also = append(also, fmt.Sprintf(circumstances[i].what, spans[d]))
		}
	}
	if len(also) == 0 {
		return nil
	}
	return []string{"of the tokens that are accepted, and of no other: " + strings.Join(also, "; ")}
}

// pastExp: what is refused by then is refused for that.
func (c *Call) pastExp() bool { return c.Life > 0 && c.Age+c.Since >= c.Life }

func (c *causeOf) plain(got string) (calls []*Call) {
	for _, rec := range c.records {
		calls = append(calls, plain(got, *rec)...)
	}
	return calls
}

// firstAgain is the shortest time after which a token was accepted of which that was
// put down to the time that had passed; empty if no call tells.
func (c *causeOf) firstAgain() string {
	first := Duration(math.MaxInt64)
	for _, rec := range c.records {
		if rec.Finding == nil || rec.Finding.Where[AtTime] != SomeTimeLater {
			continue
		}
		for _, s := range rec.Steps {
			if call := s.Call; call != nil && call.Dead && !s.OK && call.Got == "accepted" && call.Since > 0 {
				first = min(first, call.Since)
			}
		}
	}
	if first == math.MaxInt64 {
		return ""
	}
	return lasting(first) + " after its logout"
}

// lasting renders a time as people say it.
func lasting(d Duration) string {
	const day = 24 * time.Hour
	switch t := time.Duration(d).Round(time.Second); {
	case t >= 2*day:
		return fmt.Sprintf("%.4g days", math.Round(t.Hours()/2.4)/10)
	case t >= 2*time.Hour:
		return fmt.Sprintf("%.3g hours", math.Round(t.Hours()*10)/10)
	case t >= time.Minute:
		return strings.TrimSuffix(t.String(), "m0s") + map[bool]string{true: "m"}[strings.HasSuffix(t.String(), "m0s")]
	}
	if d < Duration(time.Second/1000) {
		return "no time"
	}
	return fmt.Sprintf("%.2g s", time.Duration(d).Seconds())
}
