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
}

// Algorithms lists the signing algorithms.
func Algorithms() []string { return token.Algorithms() }

// Strategies lists the ways in which the gateway can end a token.
func Strategies() []Info {
	var list []Info
	for _, s := range strategy.All() {
		list = append(list, Info{s.Name, s.Summary})
	}
	return list
}

// Faults lists the planted faults, in the order of the scenario groups that
// should find them.
func Faults() []Info {
	var list []Info
	for _, f := range all.Faults() {
		list = append(list, Info{f.Name, f.Summary})
	}
	return list
}
