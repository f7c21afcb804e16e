package sample

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
)

// Large is a run of 130 scenarios, 80 of which failed, each with a cause of its own
// and as many steps as a long scenario has.
func Large() report.Run {
	r := Base(report.Nonconformant)
	for i := range 130 {
		rec := LeakAt(fmt.Sprintf("group-%d/scenario-%d", i/12, i), report.Where{report.OnlyScenario: fmt.Sprint(i)})
		if i >= 80 {
			rec.Verdict, rec.Finding, rec.Why, rec.Fix = report.Pass, nil, "", ""
		}
		rec.Requirement = "A token that was logged out must be refused by every route, method and replica, over every connection and in every spelling, until its exp."
		for j := range 120 {
			rec.Steps = append(rec.Steps, report.Step{
				Text: fmt.Sprintf("GET /api/hello with T%d#3f2a91bc at replica 2", j), Request: fmt.Sprintf("GET /api/hello with T%d#3f2a91bc at replica 2", j),
				Expected: "refused (401, 429)", Actual: "refused (401)", At: Ms(float64(j)), Took: Ms(0.4), OK: j%9 != 5 || i >= 80,
				Call: &report.Call{Token: "T#3f2a91bc", Dead: true, Method: "GET", Path: "/api/hello", Replica: 2, User: "alice", Want: "refused", Got: "refused", Status: 401},
			})
		}
		r.Records = append(r.Records, rec)
	}
	return r.WithCauses()
}
