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

// Violation is a run with the time line of a history that no order of its requests
// explains, and with a measured leak window.
func Violation() report.Run {
	span := func(client int, what string, from, until float64, got string, ok bool) report.Step {
		s := report.Step{Text: what, OK: ok, Actual: got, Span: &report.Span{Client: client, What: what, From: Ms(from), Until: Ms(until), Got: got}}
		if !ok {
			s.Expected = "refused"
		}
		return s
	}
	race := LeakAt("concurrency/linearizable-logout", report.Where{report.AtReplica: "another replica"})
	race.Steps = []report.Step{
		span(4, "call", 0, 3, "accepted", true), span(1, "logout", 4.4, 6.2, "acknowledged", true),
		span(2, "call", 5, 7.1, "accepted", true), span(1, "call", 6.5, 7.5, "refused", true), span(3, "call", 7.6, 9.4, "accepted", false),
	}
	window := LeakAt("concurrency/leak-window", report.Where{report.AtReplica: "another replica"})
	for _, n := range []struct {
		name  string
		value float64
	}{{"p50", 12}, {"p95", 61}, {"max", 149.9}} {
		window.Numbers = append(window.Numbers, report.Number{Name: "leak window " + n.name, Value: n.value, Unit: "ms", Note: "of 6, from the acknowledgement to the last accepted call at a replica"})
	}
	return Base(report.Nonconformant, race, window).WithCauses()
}
