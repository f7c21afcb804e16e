package lint

import (
	"regexp"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// trace says which expressions name the token: they read its header or its
// claims, or a variable that was made of them.
type trace struct{ named *regexp.Regexp }

// mostRounds and mostTraced bound how far and how wide the token is followed.
const (
	mostRounds = 12
	mostTraced = 300
)

var namesToken = `AsJwt|TryParseJwt|\(Jwt\)|<Jwt>|as Jwt\b|\.Claims\b`

// traceToken follows the token through variables.
func traceToken(documents []*document) trace {
	patterns := []string{namesToken}
	for _, h := range tokenHeaders(documents) {
		patterns = append(patterns, `(?i:"`+regexp.QuoteMeta(h)+`")`)
	}
	known := map[string]bool{}
	add := func(name string) {
		if name != "" && !known[name] && len(known) < mostTraced {
			known[name] = true
			patterns = append(patterns, `"`+regexp.QuoteMeta(name)+`"`)
		}
	}
	for round, changed := 0, true; changed && round < mostRounds; round++ {
		before := len(known)
		named := regexp.MustCompile(strings.Join(patterns, "|"))
		eachOf(documents, func(_ *document, n *policyxml.Node) {
			switch n.Name {
			case "validate-jwt", "validate-azure-ad-token":
				name, _ := attr(n, "output-token-variable-name")
				add(name)
			case "set-variable":
				if value, _ := attr(n, "value"); named.MatchString(value) {
					name, _ := attr(n, "name")
					add(name)
				}
			}
		})
		changed = len(known) > before
	}
	return trace{regexp.MustCompile(strings.Join(patterns, "|"))}
}

// names reports whether the key of a counter or a cache policy names the token.
func (t trace) names(st statement) bool {
	for _, name := range []string{"key", "counter-key"} {
		if text, ok := attr(st.node, name); ok && policyxml.IsExpression(text) {
			return t.named.MatchString(text)
		}
	}
	return false
}

// tokenHeaders are those that validations read the token from.
func tokenHeaders(documents []*document) []string {
	names := []string{"Authorization"}
	eachOf(documents, func(_ *document, n *policyxml.Node) {
		if n.Name != "validate-jwt" && n.Name != "validate-azure-ad-token" {
			return
		}
		if name := validatedHeader(n); name != "" && !policyxml.IsExpression(name) && !strings.EqualFold(name, "Authorization") && len(names) < 8 {
			names = append(names, name)
		}
	})
	return names
}

// eachOf calls a function for all nodes of all documents.
func eachOf(documents []*document, do func(*document, *policyxml.Node)) {
	for _, d := range documents {
		each(d.root, func(n *policyxml.Node) { do(d, n) })
	}
}
