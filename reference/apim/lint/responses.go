package lint

import (
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// isResponseCache is of the look-ups that answer in place of the backend.
func isResponseCache(n *policyxml.Node) bool {
	return n.Name == "cache-lookup" || n.Name == "llm-semantic-cache-lookup" || n.Name == "azure-openai-semantic-cache-lookup"
}

// responseCaches finds answers from a cache in front of a check.
func (l *linter) responseCaches() {
	for _, r := range l.runs {
		for i, v := range r.visits {
			behind := r.visits[i:]
			if isResponseCache(v.node) && l.answersTokens(v.node) && slices.ContainsFunc(behind, func(v visit) bool { return v.role == check && !v.after }) {
				l.found(ResponseCache, v.document, v.node, "an answer from the cache is given before the check is made")
			}
		}
	}
}

// answersTokens reports whether a response cache keeps answers to requests
// with a token. That of cache-lookup leaves those with an Authorization header
// out, unless it is told otherwise.
func (l *linter) answersTokens(n *policyxml.Node) bool {
	private, _ := attr(n, "allow-private-response-caching")
	return n.Name != "cache-lookup" || len(tokenHeaders(l.documents)) > 1 || !strings.EqualFold(orDefault(private, "false"), "false")
}

// removals finds what takes a revocation away.
func (l *linter) removals() {
	var keys []string
	for _, v := range l.visits {
		if v.isStore() && v.role == record {
			keys = append(keys, v.key)
		}
	}
	for _, v := range l.visits {
		if v.node.Name != "cache-remove-value" {
			continue
		}
		text, _ := attr(v.node, "key")
		prefix := ""
		if m := quotedText.FindStringSubmatch(text); m != nil && policyxml.IsExpression(text) {
			prefix = m[1]
		}
		if slices.ContainsFunc(keys, func(k string) bool { return k == v.key || prefix != "" && strings.HasPrefix(k, prefix) }) {
			l.found(Removed, v.document, v.node, "it removes an entry that a logout stores")
		}
	}
}

// secondLookups finds a look-up of a revocation in a section that holds another
// one. An entry under a fixed key is the same for all, and is not counted.
func (l *linter) secondLookups() {
	for _, r := range l.runs {
		type section struct {
			document *document
			after    bool
		}
		seen := map[section]map[*policyxml.Node]bool{}
		for _, v := range r.visits {
			if v.node.Name != "cache-lookup-value" || v.fixedKey {
				continue
			}
			at := section{v.document, v.after}
			if seen[at] == nil {
				seen[at] = map[*policyxml.Node]bool{}
			}
			if seen[at][v.node] = true; v.role == check && len(seen[at]) > 1 {
				l.found(SecondLookup, v.document, v.node, "another cache-lookup-value stands before it in the same section")
			}
			if v.role == check && v.document.level == "fragment" {
				l.found(SecondLookup, v.document, v.node, "it stands in a fragment")
			}
		}
	}
}
