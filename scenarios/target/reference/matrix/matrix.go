// Package matrix says which scenarios find which planted fault of the
// reference gateway.
package matrix

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// golden has a line for each fault: "fault: meant | also".
//
//go:embed matrix.txt
var golden string

// Line says which scenarios a planted fault fails.
type Line struct {
	Fault string
	Meant []string // those that were written to find such a fault; set by hand
	Also  []string // the others, as "go test -update" has seen them
}

// All are the lines of every planted fault, in the order of "revocheck list
// faults". An error names the line of the embedded file that cannot be read.
func All() ([]Line, error) { return Parse(golden) }

// Faults are those that a scenario finds: those that it is meant for, and
// others. An error is one of All.
func Faults(scenario string) (meant, also []string, err error) {
	all, err := All()
	for _, l := range all {
		switch {
		case slices.Contains(l.Meant, scenario):
			meant = append(meant, l.Fault)
		case slices.Contains(l.Also, scenario):
			also = append(also, l.Fault)
		}
	}
	return meant, also, err
}

// Parse reads lines as Line.String writes them. An error names the line that
// is wrong.
func Parse(text string) ([]Line, error) {
	var all []Line
	seen := map[string]bool{}
	for i, s := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		l, err := parse(s)
		if err == nil && seen[l.Fault] {
			err = fmt.Errorf("%s has a line already", l.Fault)
		}
		if err != nil {
			return nil, fmt.Errorf("matrix, line %d: %w", i+1, err)
		}
		seen[l.Fault] = true
		all = append(all, l)
	}
	return all, nil
}

func parse(s string) (Line, error) {
	fault, scenarios, ok := strings.Cut(s, ":")
	meant, also, both := strings.Cut(scenarios, "|")
	if fault = strings.TrimSpace(fault); !ok || !both || fault == "" {
		return Line{}, fmt.Errorf("%q is not of the form FAULT: MEANT | ALSO", s)
	}
	l := Line{Fault: fault, Meant: strings.Fields(meant), Also: strings.Fields(also)}
	all := l.Scenarios()
	slices.Sort(all)
	for i := 1; i < len(all); i++ {
		if all[i] == all[i-1] {
			return Line{}, fmt.Errorf("%s names %s twice", fault, all[i])
		}
	}
	return l, nil
}

// Scenarios are the IDs of all that the fault fails.
func (l Line) Scenarios() []string { return slices.Concat(l.Meant, l.Also) }

// String is the line as the file has it.
func (l Line) String() string {
	s := l.Fault + ": " + strings.Join(append(slices.Clone(l.Meant), "|"), " ")
	return strings.Join(append([]string{s}, l.Also...), " ")
}
