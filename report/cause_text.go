package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// told fills in what people read of a cause.
func (f *finder) told(c *causeOf) Cause {
	first := *c.records[0]
	found := f.found(first)
	out := c.Cause
	also := f.measure(c)
	if out.Where = c.Where; len(out.Where) == 0 {
		out.Where = nil
	}
	out.Title = c.title(first)
	out.Seen = seen(first, found)
	tried := c.tried(f.run.Records)
	for _, t := range tried {
		out.Seen = append(out.Seen, t.String())
	}
	out.Seen = append(out.Seen, also...)
	out.Risk = risk(first, found)
	out.Fix = c.fix(tried)
	out.Declared = c.declared(f.run.Declared)
	return out
}

// titles say what was seen, where nothing narrows it down.
var titles = map[Observable]string{
	DeadAccepted:       "A logged-out token is still accepted",
	SessionRefreshed:   "A session that ended can still be refreshed",
	UsedAgain:          "A refresh token that was used is accepted again",
	RevocationsLost:    "Acknowledged logouts are lost",
	UndoneAcknowledged: "A logout that cannot have been done is acknowledged",
	StrangerAccepted:   "A call that has no valid token is served",
	Disclosed:          "What only the holder of a live token may have is given away",
	UndeclaredRefusal:  "A token is turned away with a status that is not declared",
	BrokeBare:          "A request without a token breaks the gateway",
	LogoutFailed:       "A live token cannot be logged out",
	LiveRefused:        "A live token is refused",
	LoginFailed:        "A login is refused",
	EntriesKept:        "Revocations are kept for ever",
	WrongShape:         "An answer has another form than it should",
}

func (c *causeOf) title(first Record) string {
	title, known := titles[c.Observable]
	if !known {
		return "Not as required: " + first.Title
	}
	special := strangers[strings.Join(slices.Concat(c.Where[OfToken], c.Where[AtTime]), " ")]
	said := c.Observable == StrangerAccepted && special != ""
	if said {
		title = special
	}
	for _, p := range phrases {
		if said && (p.of == OfToken || p.of == AtTime) {
			continue
		}
		values := slices.DeleteFunc(slices.Clone(c.Where[p.of]), func(v string) bool { return v == first.ID })
		if len(values) > 0 {
			title += " " + fmt.Sprintf(p.text, some(readable(p.of, values)))
		}
	}
	return title
}

// connections are how people call those that have short names.
var connections = map[string]string{
	"second-connection": "a second connection", "new-connection": "a new connection", "http2": "HTTP/2", "http1.0": "HTTP/1.0",
}

// readable are values of a dimension in words.
func readable(d Dimension, values []string) []string {
	if d != OverWire {
		return values
	}
	return each(values, func(v string) string { return cmp.Or(connections[v], v) })
}

// strangers say which token that is not valid was accepted, by how it was made
// and when it was sent.
var strangers = map[string]string{
	"forged":           "A token that was never issued is accepted",
	unsigned:           "A login issues a token without a signature",
	"after exp":        "An expired token is accepted",
	"forged after exp": "An expired token is accepted",
	"before nbf":       "A token is accepted before its time (nbf)",
}

// unsigned is an issued token that anybody could have written.
const unsigned = "issued without a signature"

// phrases say in what a cause is narrowed down, in the order in which they are
// read.
var phrases = []struct {
	of   Dimension
	text string
}{
	{OfLife, "if it lives for %s"}, {LeftAtLogout, "if it is logged out %s before its exp"}, {AgeAtLogout, "if it is logged out %s after its login"},
	{IdleAtLogout, "if it was last called %s before its logout"}, {AfterEvent, "after %s"}, {ByMethod, "by %s"}, {OnRoute, "on %s"}, {AtReplica, "at %s"},
	{OverWire, "over %s"}, {OfUser, "of %s"}, {AtTime, "%s"}, {OfSession, "(%s)"}, {WithStore, "with the store %s"}, {OfToken, "(%s)"}, {InSpelling, "when spelled otherwise (%s)"}, {InForm, "(%s)"}, {OnlyScenario, "(%s)"},
}

// mostNamed is how many values a line names.
const mostNamed = 4

// some lists the values, with commas between them.
func some(values []string) string {
	if more := len(values) - mostNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(values[:mostNamed], ", "), more)
	}
	return strings.Join(values, ", ")
}

func seen(r Record, found Finding) []string {
	if len(found.Seen) > 0 {
		return []string{strings.Join(found.Seen, ", then ")}
	}
	return []string{r.Reason()}
}

// attempt is one dimension in which calls with dead tokens were tried, and
// what came of the values.
type attempt struct {
	of                Dimension
	accepted, refused []string
}

// String says which values accept and which refuse.
func (a attempt) String() string {
	return fmt.Sprintf("accepted %s %s; refused %s %s", prepositions[a.of], some(a.accepted), prepositions[a.of], some(a.refused))
}

var prepositions = map[Dimension]string{ByMethod: "by", OnRoute: "on", AtReplica: "at", OverWire: "over", OfUser: "of"}

// tried says in which dimensions the run saw some values accept a logged-out
// token and others refuse it, all else being plain.
func (c *causeOf) tried(records []Record) []attempt {
	if c.Observable != DeadAccepted {
		return nil
	}
	var all []attempt
	for _, d := range []Dimension{ByMethod, OnRoute, AtReplica, OverWire, OfUser} {
		if a := tallyBy(d, records); c.only(d) && len(a.accepted) > 0 && len(a.refused) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// only reports whether nothing but the dimension narrows the cause down.
func (c *causeOf) only(d Dimension) bool {
	return len(c.Where) == 0 || len(c.Where) == 1 && len(c.Where[d]) > 0
}

// tallyBy sorts the values of a dimension by what calls with dead tokens got
// that differed in nothing else. A value that got both counts as accepted.
func tallyBy(d Dimension, records []Record) attempt {
	accepted, refused := map[string]bool{}, map[string]bool{}
	for _, rec := range records {
		for _, s := range rec.Steps {
			if s.Call == nil || !s.Call.Dead || len(s.Call.Where) > 1 || len(s.Call.Where) == 1 && s.Call.Where[d] == "" {
				continue
			}
			value := s.Call.value(d)
			switch {
			case value == "": // a user whom no scenario calls by a name
			case s.Call.Got == "accepted":
				accepted[value] = true
			case s.Call.Got == "refused":
				refused[value] = true
			}
		}
	}
	maps.DeleteFunc(refused, func(value string, _ bool) bool { return accepted[value] })
	return attempt{d, slices.Sorted(maps.Keys(accepted)), slices.Sorted(maps.Keys(refused))}
}

// value is what the call has of a dimension, be it plain or not.
func (c *Call) value(d Dimension) string {
	switch d {
	case ByMethod:
		return c.Method
	case OnRoute:
		return c.Path
	case AtReplica:
		return fmt.Sprintf("replica %d", max(1, c.Replica))
	case OverWire:
		return cmp.Or(c.Connection, "the same connection")
	}
	return c.User
}

// risk says what the cause means, with the weaknesses that the scenario names.
func risk(r Record, found Finding) string {
	text := map[Observable]string{
		DeadAccepted:       "whoever copied the token keeps access",
		SessionRefreshed:   "whoever copied what the login gave buys token after token",
		UsedAgain:          "whoever copied a refresh token buys token after token, unseen",
		RevocationsLost:    "copied tokens work again",
		UndoneAcknowledged: "a user who has logged out is not",
		StrangerAccepted:   "who has no valid token is served",
		Disclosed:          "who should not have it can use or read it",
		LogoutFailed:       "the user has no way to end the token",
		LiveRefused:        "users who are logged in are locked out",
		LoginFailed:        "users are locked out",
		BrokeBare:          "who has no token yet is not served, not even a login",
	}[found.Observable]
	if found.Observable == DeadAccepted && found.Left > 0 {
		text = "a stolen copy works until exp, " + found.Left.String() + " more"
	}
	if weak := weaknesses(r); text != "" && weak != "" {
		text += " (" + weak + ")"
	}
	return text
}

// weaknesses are the entries of the Common Weakness Enumeration that the
// scenario refers to.
func weaknesses(r Record) string {
	var all []string
	for _, ref := range r.Refs {
		if strings.HasPrefix(ref, "CWE-") {
			all = append(all, ref)
		}
	}
	return strings.Join(all, ", ")
}

// fix is what to mend. A scenario's own fix is about its own requirement, which
// is not what broke where a plain call did.
func (c *causeOf) fix(tried []attempt) string {
	first := *c.records[0]
	for _, rec := range c.records {
		if slices.Contains(about[c.Observable], GroupOf(rec.ID)) {
			return rec.Fix
		}
	}
	switch {
	case c.Observable == BrokeBare:
	case c.Observable == DeadAccepted && len(tried) > 0 && tried[0].of != OfUser:
		return fmt.Sprintf("Check revocation %s %s as %s %s.", prepositions[tried[0].of], some(tried[0].accepted), prepositions[tried[0].of], some(tried[0].refused))
	case c.Observable == DeadAccepted && len(c.Where) == 0:
		return "Refuse revoked tokens on every call, by iss and jti (or by a cut-off for the user), before the logout is acknowledged."
	case c.Observable == LiveRefused && len(c.Where[InForm]) > 0: // no plain call
		return first.Fix
	case c.Observable == LiveRefused && !slices.Contains(basic, first.ID):
		return "Refuse the tokens that were logged out and no others: look them up by iss and jti, and do not count, cache or guess."
	case c.Observable == LoginFailed && !strings.Contains(first.ID, "login"):
		return "Let a user log in whatever was logged out before."
	}
	return first.Fix
}

// about are the groups whose requirement an observable breaks, so that their
// fix is one for it.
var about = map[Observable][]string{LiveRefused: {"isolation", "expiry"}}
