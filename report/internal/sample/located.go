package sample

import "github.com/revocheck/revocheck/report"

// Located is a run against the gateway of a target file, on which a logout does
// nothing and an open route refuses live tokens.
func Located() report.Run {
	const file = "gateways/my own.yaml"
	r := Base(report.Nonconformant, LeakAt("lifecycle/logout-ends-token", nil), report.Record{
		ID: "lifecycle/open-route-with-the-dead-token", Title: "The open route stays open", Core: true, Verdict: report.Fail, Why: "the open route answered 429", Fix: "Key the counter on the token.",
		Finding: &report.Finding{Observable: report.LiveRefused, Where: report.Where{report.OnRoute: "the open route /public"}, Seen: []string{"GET /public 429"}},
	})
	r.Subject = report.Subject{Name: "my gateway", Kind: "remote", Endpoints: []string{"https://gateway.example"}, Details: map[string]string{"target file": file}}
	r.Operator = "Ann Auditor"
	r.Declared = []report.Declaration{
		{Key: "logout.path", File: file, Line: 14},
		{Key: "login.path", File: file, Line: 12},
		{Of: report.OnRoute, Value: "/api/hello", Key: "routes[0].path", File: file, Line: 17},
		{Of: report.OnRoute, Value: "the open route /public", Key: "open_routes[0].path", File: file, Line: 20},
	}
	return r.WithCauses()
}
