package scenarios

import (
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/report"
)

// endsToken is the scenario whose requirement a token breaks that lives on after
// the logout of the preflight.
const endsToken = "lifecycle/logout-ends-token"

// withSurvivor fails that scenario if the token that was logged out before the
// first scenario was accepted afterwards: what was seen counts, also where later
// logouts did better and where the scenario was not selected.
func (r *run) withSurvivor(records []report.Record, all []Scenario) []report.Record {
	e := r.observed.Ended
	i := slices.IndexFunc(all, func(s Scenario) bool { return s.ID == endsToken })
	if e.Accepted == 0 || i < 0 {
		return records
	}
	at := slices.IndexFunc(records, func(rec report.Record) bool { return rec.ID == endsToken })
	if at < 0 {
		records = append(records, all[i].record())
		at = len(records) - 1
	}
	rec := &records[at]
	if rec.Verdict == report.Fail {
		return records
	}
	token := "T#" + report.Fingerprint(e.Raw)
	rec.Verdict, rec.Undeclared, rec.Fix = report.Fail, "", all[i].Fix
	rec.Why = fmt.Sprintf("before the first scenario %s was accepted (%d) after its logout was acknowledged (%d)", token, e.Accepted, e.LogoutStatus)
	rec.Steps = append(rec.Steps,
		report.Step{Text: "logout " + token, Request: e.Logout, Actual: fmt.Sprintf("acknowledged (%d)", e.LogoutStatus), OK: true},
		report.Step{Text: "call " + token + " refused", Request: e.Call, Expected: "refused", Actual: fmt.Sprintf("accepted (%d)", e.Accepted)})
	return records
}
