package apim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/lint"
)

// findings counts and names what the linter finds in the documents: the reasons
// of what the scenarios then show. Empty is nothing.
func findings(o Options) string {
	found, err := lint.Lint(files(o), lint.Options{Tier: lintTiers[o.Tier], NamedValues: o.NamedValues})
	if err != nil || len(found) == 0 {
		return "" // what is wrong with a document is the loader's to say
	}
	var rules []string
	for _, f := range found {
		if !slices.Contains(rules, f.Rule.ID) {
			rules = append(rules, f.Rule.ID)
		}
	}
	return fmt.Sprintf("%d findings (%s)", len(found), strings.Join(rules, ", "))
}

var lintTiers = map[apim.Tier]lint.Tier{apim.Classic: lint.Classic, apim.V2: lint.V2, apim.Consumption: lint.Consumption}

func files(o Options) []lint.File {
	var list []lint.File
	for name, d := range o.Fragments {
		list = append(list, lint.File{Name: d.Name, Scope: "fragment/" + name, Text: d.XML})
	}
	for scope, d := range o.Policies {
		list = append(list, lint.File{Name: d.Name, Scope: lintScope(scope), Text: d.XML})
	}
	slices.SortFunc(list, func(a, b lint.File) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// lintScope names the API of an operation, which the linter cannot know.
func lintScope(scope apim.Scope) string {
	for _, op := range operations() {
		if scope == apim.OperationScope(op.Name) {
			return "operation/" + op.API + "/" + op.Name
		}
	}
	return string(scope)
}
