package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// identity is what two runs must share to be about the same thing.
var identity = []struct {
	name string
	of   func(Run) string
}{
	{"subject", func(r Run) string { return r.Subject.String() }},
	{"profile", func(r Run) string { return r.Profile }},
	{"tool", func(r Run) string { return r.Tool.Name + " " + r.Tool.Version }},
	{"strictness", func(r Run) string { return fmt.Sprintf("strict %t", r.Strict) }},
}

// String names the subject with all that tells it from others.
func (s Subject) String() string {
	parts := []string{s.Name + " (" + s.Kind + ")"}
	parts = append(parts, s.Endpoints...)
	return strings.Join(append(parts, s.DetailList()...), ", ")
}

// DetailList lists the subject's details, sorted by their names.
func (s Subject) DetailList() []string {
	var all []string
	for _, k := range slices.Sorted(maps.Keys(s.Details)) {
		all = append(all, k+" "+s.Details[k])
	}
	return all
}
