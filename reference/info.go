package reference

import "github.com/revocheck/revocheck/reference/token"

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

func names(infos []Info) []string {
	list := make([]string, len(infos))
	for i, info := range infos {
		list[i] = info.Name
	}
	return list
}
