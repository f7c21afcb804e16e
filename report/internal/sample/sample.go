// Package sample holds the runs by hand that the tests of the report and of its
// writers are about.
package sample

import (
	"time"

	"github.com/revocheck/revocheck/report"
)

// Runs are what the golden files and the properties are about.
var Runs = map[string]report.Run{
	"conformant":    conformantRun(),
	"nonconformant": EveryVerdict(false),
	"strict":        EveryVerdict(true),
	"partial":       partialRun(),
	"empty":         Base(report.Unconcluded),
	"hostile":       HostileRun(Hostile),
	"client-side":   ClientSide(),
	"get-unchecked": GetUnchecked(),
	"over-block":    OverBlock(),
	"interrupted":   Interrupted(),
	"located":       Located(),
	"violation":     Violation(),
}

// Hostile is what a user's scenario, or an answer of the target, may hold:
// terminal escapes (also in C1), a bell, a line that looks like a verdict, the
// end of a CDATA section, markup, a right-to-left override, broken UTF-8.
const Hostile = "a\x1b[2Jb\u009b31mc\a\r\nconformant: 9 passed\x00]]><failure/>&'\"|`\u202e\xff\u2028 \U000e0041"

// Base is a run of these records, with that conclusion.
func Base(c report.Conclusion, records ...report.Record) report.Run {
	return report.Run{
		Schema:     report.Schema,
		Tool:       report.Tool{Name: "revocheck", Version: "1.2.3", Go: "go1.26.0"},
		Subject:    report.Subject{Name: "reference gateway", Kind: "reference", Endpoints: []string{"http://127.0.0.1:8080"}, Details: map[string]string{"strategy": "denylist", "store": "miniredis"}},
		Profile:    "wire",
		Seed:       42,
		Started:    time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Duration:   report.Duration(3200 * time.Millisecond),
		Conclusion: c,
		Records:    records,
	}
}

func conformantRun() report.Run {
	return Base(report.Conformant,
		report.Record{ID: "lifecycle/login-issues-token", Title: "A login issues a token", Core: true, Requirement: "A login returns a token.", Verdict: report.Pass, Duration: Ms(1.5)},
		report.Record{ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true, Requirement: "A request sent after the logout is refused.", Verdict: report.Pass, Duration: Ms(12)},
		report.Record{ID: "replay/hammered", Title: "Replays do not slip through", Core: true, Requirement: "Every replay is refused.", Verdict: report.Pass, Duration: Ms(1200),
			Numbers: []report.Number{{Name: "smallest bypass rate that would show", Value: 0.6, Unit: "%", Note: "500 replays, 95 % confidence"}}},
		report.Record{ID: "cluster/other-replica", Title: "The other replica knows", Requirement: "Every replica refuses.", Needs: []string{"replicas"}, Verdict: report.NotRun, Why: report.NotClaimed("a second endpoint"), Undeclared: "replicas"},
	)
}

// EveryVerdict is a run that has each of the verdicts.
func EveryVerdict(strict bool) report.Run {
	r := Base(report.Nonconformant,
		report.Record{ID: "lifecycle/login-issues-token", Title: "A login issues a token", Core: true, Verdict: report.Pass, Duration: Ms(1.5)},
		Leak(),
		report.Record{ID: "replay/http2", Title: "Also over HTTP/2", Verdict: report.NotRun, Why: report.NotClaimed("HTTP/2"), Undeclared: "http2"},
		report.Record{ID: "replay/hammered", Title: "Replays do not slip through", Core: true, Verdict: report.NotRun, Why: "the wait would take 90 s, more than --max-wait 75 s"},
		report.Record{ID: "retention/until-exp", Title: "Dead until it expires", Core: true, Verdict: report.Inconclusive, Why: "the probe timed out after 5 s",
			Steps: []report.Step{{Line: 3, Text: "call T refused", Request: "GET /api/hello with T#3f2a91bc", Expected: "refused (401)", Actual: "no answer"}}},
		report.Record{ID: "retention/past-60s", Title: "Dead after a minute", Core: true, Verdict: report.NotRun, Why: "the wait would take 90 s, more than --max-wait 75 s"},
		report.Record{ID: "isolation/no-over-block", Title: "Nobody else is refused", Core: true, Verdict: report.Error, Why: "the clock of the target could not be moved"},
		report.Record{ID: "isolation/undecided", Title: "Never came to a verdict", Core: true, Why: "interrupted"},
		report.Record{ID: "wire/refusal-shape", Title: "A refusal names its scheme", Level: report.Should, Requirement: "A 401 carries WWW-Authenticate.", Refs: []string{"RFC 6750 3"}, Verdict: report.Fail, Why: "the 401 has no WWW-Authenticate", Fix: "Send WWW-Authenticate: Bearer.",
			Steps: []report.Step{{Line: 7, Text: "call T refused", Expected: "WWW-Authenticate", Actual: "none"}}},
	)
	r.Strict = strict
	r.Why = "replay/after-logout failed: a logged-out token was accepted"
	r.Notes = []string{"clock skew of the target: 120 ms"}
	return r
}

// Leak is a failure with all that a failure can show.
func Leak() report.Record {
	return report.Record{
		ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true,
		Requirement: "A request that is sent after the logout was acknowledged is refused, whoever holds the copy.",
		Refs:        []string{"RFC 7009 2.1", "CWE-613", "ASVS 7.4.1"},
		Verdict:     report.Fail,
		Why:         "the copied token was accepted 2 ms after its logout; the logout only told the browser to forget it",
		Fix:         "Keep the token's jti until its exp, and look it up on every call.",
		Source:      "replay/after-logout.txt",
		Steps: []report.Step{
			{Line: 1, Text: "login alice -> T", Actual: "200", OK: true},
			{Line: 2, Text: "call T", Actual: "accepted (200)", OK: true},
			{Line: 3, Text: "copy T -> S", OK: true},
			{Line: 4, Text: "logout T", Actual: "acknowledged (204)", OK: true},
			{Line: 5, Text: "call S refused", Request: "GET /api/hello with S#3f2a91bc", Expected: "refused (401)", Actual: "accepted (200)", Count: 3, Note: "the backend answered as alice"},
			{Line: 6, Text: "call S refused via=second-connection", Expected: "refused (401)", Actual: "accepted (200)"},
		},
		Numbers:  []report.Number{{Name: "leak window", Value: 61234.5, Unit: "ms"}},
		Notes:    []string{"the token lives for 3600 s"},
		Duration: Ms(61250),
	}
}

func partialRun() report.Run {
	r := Base(report.Partial, report.Record{ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true, Verdict: report.Pass, Duration: Ms(12)})
	r.Gaps = []string{"the run was interrupted"}
	r.Omitted = []string{"lifecycle/logout-ends-token"}
	r.NotClaimed = []string{"replicas", "clock"}
	r.Why = "not everything that binds the target ran"
	return r
}

// HostileRun holds the text wherever a record can hold one.
func HostileRun(text string) report.Run {
	rec := report.Record{ID: "own/" + text, Title: text, Requirement: text, Refs: []string{text}, Verdict: report.Fail, Why: text, Fix: text, Source: text,
		Steps:   []report.Step{{Line: 1, Text: text, Request: text, Expected: text, Actual: text, Note: text}},
		Numbers: []report.Number{{Name: text, Value: 1, Unit: text, Note: text}}, Notes: []string{text}}
	skipped := report.Record{ID: text + "/skipped", Title: text, Verdict: report.NotRun, Why: text, Undeclared: text}
	other := report.Record{ID: "own/other" + text, Title: text, Verdict: report.NotRun, Why: text, Level: report.May}
	r := Base(report.Nonconformant, rec, skipped, other)
	r.Subject = report.Subject{Name: text, Kind: text, Endpoints: []string{text}, Details: map[string]string{text: text}}
	r.Profile, r.Why = text, text
	r.Gaps, r.Omitted, r.NotClaimed, r.Notes = []string{text}, []string{text}, []string{text}, []string{text}
	return r
}

// Ms is a duration in milliseconds.
func Ms(v float64) report.Duration { return report.Duration(v * float64(time.Millisecond)) }
