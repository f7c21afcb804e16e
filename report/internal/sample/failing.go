package sample

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
)

// counts are how many scenarios of each group a gateway fails on which a logout
// does nothing.
var counts = []struct {
	group string
	n     int
}{{"lifecycle", 9}, {"expiry", 1}, {"replay", 16}, {"respelling", 18}, {"retention", 10}, {"isolation", 9}, {"forgery", 1}, {"concurrency", 6}, {"wire", 3}}

// ClientSide is a run against a gateway whose logout does nothing: wherever a
// logged-out token is to be refused it is accepted.
func ClientSide() report.Run {
	r := Base(report.Nonconformant, LeakAt("lifecycle/logout-ends-token", nil))
	for _, g := range counts {
		for i := range g.n {
			where := report.Where{}
			if g.group == "respelling" {
				where[report.OverWire] = "second-connection"
			}
			r.Records = append(r.Records, LeakAt(fmt.Sprintf("%s/scenario-%d", g.group, i+1), where))
		}
	}
	for i := range 26 {
		r.Records = append(r.Records, report.Record{ID: fmt.Sprintf("wire/passed-%d", i+1), Title: "Passed", Verdict: report.Pass})
	}
	return r.WithCauses()
}

// GetUnchecked is like ClientSide, on a gateway that checks every method but
// GET.
func GetUnchecked() report.Run {
	r := ClientSide()
	first := &r.Records[0]
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE"} {
		call := report.Call{Token: "T#3f2a91bc", Dead: true, Method: method, Path: "/api/hello", Got: "refused", Status: 401}
		if method == "GET" {
			call.Got, call.Status = "accepted", 200
		} else {
			call.Where = report.Where{report.ByMethod: method}
		}
		first.Steps = append(first.Steps, report.Step{Text: method, OK: true, Call: &call})
	}
	return r.WithCauses()
}

// LeakAt is a scenario that saw a logged-out token accepted.
func LeakAt(id string, where report.Where) report.Record {
	return report.Record{
		ID: id, Title: "Title of " + id, Core: true, Verdict: report.Fail,
		Refs: []string{"RFC 7009 section 2.1", "CWE-613"}, Fix: "The fix of " + id + ".",
		Why: "T#3f2a91bc was accepted (200) 10µs after its logout was acknowledged",
		Finding: &report.Finding{
			Observable: report.DeadAccepted, Where: where, Left: report.Duration(time.Hour - time.Second),
			Seen: []string{"POST /logout 204", "GET /api/hello 200 (wanted 401)"},
		},
	}
}

// OverBlock is a run against a gateway that ends every session of the user,
// where only one should end.
func OverBlock() report.Run {
	session := report.Where{report.OfSession: "another login of the same user"}
	r := Base(report.Nonconformant, report.Record{ID: "lifecycle/logout-ends-token", Title: "A logout ends its token", Core: true, Verdict: report.Pass})
	for _, id := range []string{"isolation/sibling-session-unaffected", "isolation/no-over-block", "retention/until-exp"} {
		r.Records = append(r.Records, report.Record{
			ID: id, Title: "Title of " + id, Core: true, Verdict: report.Fail, Fix: "End one session only, or declare logout.scope: user.",
			Why: "a live token was refused (over-block): U#11aa22bb answered 401",
			Finding: &report.Finding{Observable: report.LiveRefused, Where: session,
				Seen: []string{"POST /logout 204 of T#3f2a91bc", "GET /api/hello 401 with U#11aa22bb (wanted accepted)"}},
		})
	}
	return r.WithCauses()
}

// Interrupted is a run that was ended before it was done.
func Interrupted() report.Run {
	r := Base(report.Partial, report.Record{ID: "lifecycle/logout-ends-token", Title: "A logout ends its token", Core: true, Verdict: report.Pass})
	for i := range 30 {
		r.Records = append(r.Records, report.Record{ID: fmt.Sprintf("replay/scenario-%d", i+1), Title: "Not begun", Core: true, Verdict: report.NotRun, Why: "the run was interrupted"})
	}
	r.Gaps = []string{"the run was interrupted"}
	return r
}
