package measure

import (
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/preflight"
)

// emptyKey says whether requests without a token break the target, as the
// preflight saw it: a counter keyed by what they lack may be an error. Nobody is
// logged out without a token to find out what such a counter is otherwise, since
// that may lock everybody out.
func emptyKey(p *scenarios.Play, b preflight.Bare) Result {
	if b.Status == 0 && !counts(p) {
		return Result{Grade: Holds, Finding: "no request breaks for want of a token",
			Means: "Whether a logout without one locks others out, isolation/headerless-logout-blocks-nobody tells, in a test deployment."}
	}
	if b.Status == 0 {
		return Result{Grade: Holds, Finding: "no request breaks for want of a token",
			Means: "Either nothing is keyed by what such a request lacks, or what is (of a counter: the empty key) is shared by all who have no token: isolation/headerless-logout-blocks-nobody tells which, in a test deployment."}
	}
	if !counts(p) {
		return Result{Grade: Gap, Finding: b.Text(), Means: "Who has no token is not served. Refuse a request without a token before anything is keyed by it."}
	}
	return Result{Grade: Gap, Finding: b.Text(),
		Means: "Who has no token is not served. In API Management a counter whose key is null or empty is an error here (--apim-empty-key error): the published recipe lets nobody log in. Key the counter by the validated token, behind validate-jwt."}
}
