package lint

import (
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// role is what a policy is to the revocation. The zero value is nothing: an
// ordinary throttle, or a cache of something else.
type role int

const (
	ordinary role = iota
	check         // looks whether the token was logged out
	record        // writes down that it was
)

// visit is a counter or a cache policy that a sample reached.
type visit struct {
	statement
	key         string
	keyUnknown  bool // it was not understood
	keyFailed   bool // the expression throws for this sample, or was not understood
	fixedKey    bool // the same key for all requests
	stored      any  // the value of a cache-store-value
	ordinary    bool // a cache entry that no token stands or falls with
	validated   bool // a validation stood before it
	after       bool // it stands behind the call of the backend
	asked       bool // the request went on to the backend
	ctx         *expr.Context
	environment environment
	doubts      []reservation
	role        role
}

// run is the plain sample on one path.
type run struct {
	path *path
	outcome
}

func isCounter(n *policyxml.Node) bool {
	return n.Name == "rate-limit-by-key" || n.Name == "quota-by-key"
}

// isLimit is of the throttles that know no key but the subscription.
func isLimit(n *policyxml.Node) bool { return n.Name == "rate-limit" || n.Name == "quota" }

func (v visit) isCounter() bool { return isCounter(v.node) }

func (v visit) isStore() bool {
	return v.node.Name == "cache-store-value" && !v.fixedKey && !v.ordinary
}

func (v visit) isLookup() bool {
	return v.node.Name == "cache-lookup-value" && !v.fixedKey && !v.ordinary
}

// conditional reports whether a counter counts some requests and not others.
func (v visit) conditional() bool { return hasAttr(v.node, "increment-condition") }

// revocation reports whether a visit is part of a revocation, and not an
// unrelated throttle or cache.
func (v visit) revocation() bool { return v.role != ordinary }

// atLogout recognises the logout by the name of its operation, or by what the
// request's environment is called.
func (v visit) atLogout() bool {
	return onLogout(v.document) || logoutLike.MatchString(v.environment.operation) || logoutLike.MatchString(v.environment.path)
}

// onLogout recognises the document of a logout operation by its name.
func onLogout(d *document) bool { return d.level == "operation" && logoutLike.MatchString(d.id) }

// assignRoles tells checks and records of a logout from all else. A limit by
// key is one of them only if its key names the token, and it counts at the
// logout alone.
func (l *linter) assignRoles() {
	usual, checked := l.usual(), map[subject]bool{}
	l.eachVisit(func(_ run, v *visit) {
		looks := v.isLookup() || v.isCounter() && v.conditional() && v.neverCounts() && !usual[v.node]
		if looks && l.traced.names(v.statement) {
			v.role = check
			checked[v.subject()] = true
		}
	})
	for _, r := range l.runs {
		type looking struct {
			subject
			document *document
		}
		looked := map[looking]bool{}
		for i := range r.visits {
			v := &r.visits[i]
			here := looking{v.subject(), v.document}
			looked[here] = looked[here] || v.role == check
			if v.role == ordinary && l.traced.names(v.statement) && l.records(*v, checked, usual, looked[here]) {
				v.role = record
			}
		}
	}
	l.demote()
	l.eachVisit(func(_ run, v *visit) { l.visits = append(l.visits, *v) })
}

func (l *linter) eachVisit(do func(run, *visit)) {
	for _, r := range l.runs {
		for i := range r.visits {
			do(r, &r.visits[i])
		}
	}
}

// usual are the policies that write at ordinary calls too, whatever their
// method or headers.
func (l *linter) usual() map[*policyxml.Node]bool {
	all := map[*policyxml.Node]bool{}
	for _, r := range l.runs {
		e := r.path.environment
		plain := ordinaryEnvironment(r.path.narrowest)
		e.method, e.header, e.query = plain.method, "", ""
		if onLogout(r.path.narrowest) || e != plain {
			continue
		}
		for _, v := range r.visits {
			all[v.node] = all[v.node] || v.node.Name == "cache-store-value" || v.isCounter() && v.countsSuccess()
		}
	}
	return all
}

// records reports whether a visit writes down a logout: at an operation of
// that name, or where another document looks at what it writes, or ordinary
// calls do not come.
func (l *linter) records(v visit, checked map[subject]bool, usual map[*policyxml.Node]bool, lookedHere bool) bool {
	if !v.isStore() && !(v.isCounter() && v.countsSuccess()) {
		return false
	}
	if v.atLogout() && (onLogout(v.document) || !usual[v.node]) {
		return true
	}
	if !checked[v.subject()] || lookedHere && usual[v.node] {
		return false
	}
	return v.isStore() || v.conditional() && (v.document.level == "operation" || !usual[v.node])
}

// demote makes ordinary what looks at an entry that ordinary calls alone write
// (a throttle in a cache, a stored answer of another service), and, where there
// is a revocation, what the logout operation counts or stores for itself.
func (l *linter) demote() {
	recorded, written, looked := map[subject]bool{}, map[subject]bool{}, map[subject]bool{}
	l.eachVisit(func(r run, v *visit) {
		s := v.subject()
		written[s] = written[s] || v.isStore()
		recorded[s] = recorded[s] || v.role == record
		looked[s] = looked[s] || v.role == check && !onLogout(r.path.narrowest)
	})
	whole := false
	l.eachVisit(func(_ run, v *visit) { whole = whole || v.role == record && looked[v.subject()] })
	l.eachVisit(func(r run, v *visit) {
		s := v.subject()
		ofItsOwn := whole && !looked[s] && onLogout(v.document) && !v.keyUnknown
		if v.isLookup() && written[s] && !recorded[s] || ofItsOwn {
			v.role = ordinary
		}
	})
}
