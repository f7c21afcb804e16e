package reference

import (
	"github.com/revocheck/revocheck/reference/internal/fault/all"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/token"
)

// Info names something that a Config can choose, and says in one sentence
// what it is.
type Info struct {
	Name    string
	Summary string
	Group   string // of a fault: that of the scenarios which are meant to find it
}

// Algorithms lists the signing algorithms.
func Algorithms() []string { return token.Algorithms() }

// Strategies lists the ways in which the gateway can end a token.
func Strategies() []Info {
	var list []Info
	for _, s := range strategy.All() {
		list = append(list, Info{Name: s.Name, Summary: s.Summary})
	}
	return list
}

// Faults lists the planted faults, group by group.
func Faults() []Info {
	var list []Info
	for _, f := range all.Faults() {
		list = append(list, Info{Name: f.Name, Summary: f.Summary, Group: f.Group})
	}
	return list
}
