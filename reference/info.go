package reference

import (
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

// DefaultUsers are the demonstration users and their passwords. They protect
// nothing.
func DefaultUsers() map[string]string {
	return map[string]string{
		"alice": "correct-horse",
		"bob":   "battery-staple",
		"carol": "tr0ub4dor-and-3",
	}
}

// Strategies lists the ways in which the gateway can end a token.
func Strategies() []Info {
	var list []Info
	for _, s := range strategy.All() {
		list = append(list, Info{s.Name, s.Summary})
	}
	return list
}
