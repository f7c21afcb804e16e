package respelling

import (
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/scenarios"
)

// ofField makes the scenario of a token in a query or in cookies, whether that
// is the target's carrier or another place where it looks for one.
func ofField(family spelling.Family, in, title, how string, write func(name, token string) []spelling.Spelling, sources ...string) scenarios.Scenario {
	s := of(family, title, how, spelling.RawField, sources...)
	s.PerAlgorithm, s.Needs = false, nil
	s.Run = func(p *scenarios.Play) {
		c := p.Contract().Carrier
		written := func(raw string) ([]spelling.Spelling, string) {
			var made []spelling.Spelling
			for _, name := range fieldsOf(c, in) {
				made = append(made, write(name, raw)...)
			}
			return withoutCanonical(made, c, in), ""
		}
		form{p: p, family: family, write: written, route: p.Contract().Routes[0], aside: c.In != in}.play()
	}
	return s
}

// fieldsOf are the names to try: the target's, and those that gateways look for.
func fieldsOf(c scenarios.Carrier, in string) []string {
	names := []string{"access_token", "token", "jwt"}
	if c.In != in {
		return names
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == c.Name })
	return append([]string{c.Name}, names...)
}

// withoutCanonical leaves out what is no other spelling.
func withoutCanonical(made []spelling.Spelling, c scenarios.Carrier, in string) []spelling.Spelling {
	return slices.DeleteFunc(made, func(s spelling.Spelling) bool {
		return c.In == in && len(s.Fields) == 1 && s.Fields[0] == spelling.Field{Name: c.Name, Value: s.Token}
	})
}
