package subject

import (
	"slices"
	"strings"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/target/apim"
)

// KnownStrategy is an error for a name that is neither a strategy nor one of
// the others that are allowed in its place.
func KnownStrategy(name string, others ...string) error {
	known := slices.Clone(others)
	for _, s := range Strategies() {
		known = append(known, s.Name)
	}
	if slices.Contains(known, name) {
		return nil
	}
	return exit.Usage("unknown strategy %q; it is one of %s", name, strings.Join(known, ", "))
}

// Strategies are those of the reference gateway, and that of API Management
// beside the one that asks a store for each call.
func Strategies() []reference.Info {
	list := reference.Strategies()
	after := slices.IndexFunc(list, func(i reference.Info) bool { return i.Name == "server-store" }) + 1
	return slices.Insert(list, after, apim.Strategy)
}

// Names lists the names with commas between them.
func Names(infos []reference.Info) string {
	var names []string
	for _, i := range infos {
		names = append(names, i.Name)
	}
	return strings.Join(names, ", ")
}
