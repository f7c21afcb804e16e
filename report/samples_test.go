package report

import "time"

// The runs by hand that the golden files and properties are about.
var samples = map[string]Run{
	"conformant":    conformantRun(),
	"nonconformant": everyVerdict(false),
	"strict":        everyVerdict(true),
	"partial":       partialRun(),
	"empty":         baseRun(Unconcluded),
	"hostile":       hostileRun(hostile),
}

// hostile is what a user's scenario, or an answer of the target, may hold:
// terminal escapes (also in C1), a bell, a line that looks like a verdict, the
// end of a CDATA section, markup, a right-to-left override, broken UTF-8.
const hostile = "a\x1b[2Jb\u009b31mc\a\r\nconformant: 9 passed\x00]]><failure/>&'\"|`\u202e\xff\u2028 \U000e0041"

func baseRun(c Conclusion, records ...Record) Run {
	return Run{
		Schema:     Schema,
		Tool:       Tool{Name: "revocheck", Version: "1.2.3", Go: "go1.26.0"},
		Subject:    Subject{Name: "reference gateway", Kind: "reference", Endpoints: []string{"http://127.0.0.1:8080"}, Details: map[string]string{"strategy": "denylist", "store": "miniredis"}},
		Profile:    "wire",
		Seed:       42,
		Started:    time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Duration:   Duration(3200 * time.Millisecond),
		Conclusion: c,
		Records:    records,
	}
}

func conformantRun() Run {
	return baseRun(Conformant,
		Record{ID: "lifecycle/login-issues-token", Title: "A login issues a token", Core: true, Requirement: "A login returns a token.", Verdict: Pass, Duration: ms(1.5)},
		Record{ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true, Requirement: "A request sent after the logout is refused.", Verdict: Pass, Duration: ms(12)},
		Record{ID: "replay/hammered", Title: "Replays do not slip through", Core: true, Requirement: "Every replay is refused.", Verdict: Pass, Duration: ms(1200),
			Numbers: []Number{{Name: "smallest bypass rate that would show", Value: 0.6, Unit: "%", Note: "500 replays, 95 % confidence"}}},
		Record{ID: "cluster/other-replica", Title: "The other replica knows", Requirement: "Every replica refuses.", Needs: []string{"replicas"}, Verdict: NotRun, Why: "the target declares one endpoint", Undeclared: "replicas"},
	)
}

func everyVerdict(strict bool) Run {
	r := baseRun(Nonconformant,
		Record{ID: "lifecycle/login-issues-token", Title: "A login issues a token", Core: true, Verdict: Pass, Duration: ms(1.5)},
		leak(),
		Record{ID: "replay/http2", Title: "Also over HTTP/2", Verdict: NotRun, Why: "the target declares no HTTP/2", Undeclared: "http2"},
		Record{ID: "replay/hammered", Title: "Replays do not slip through", Core: true, Verdict: NotRun, Why: "the wait would take 90 s, more than --max-wait 75 s"},
		Record{ID: "retention/until-exp", Title: "Dead until it expires", Core: true, Verdict: Inconclusive, Why: "the probe timed out after 5 s",
			Steps: []Step{{Line: 3, Text: "call T refused", Request: "GET /api/hello with T#3f2a91bc", Expected: "refused (401)", Actual: "no answer"}}},
		Record{ID: "retention/past-60s", Title: "Dead after a minute", Core: true, Verdict: NotRun, Why: "the wait would take 90 s, more than --max-wait 75 s"},
		Record{ID: "isolation/no-over-block", Title: "Nobody else is refused", Core: true, Verdict: Error, Why: "the clock of the target could not be moved"},
		Record{ID: "isolation/undecided", Title: "Never came to a verdict", Core: true, Why: "interrupted"},
		Record{ID: "wire/refusal-shape", Title: "A refusal names its scheme", Level: Should, Requirement: "A 401 carries WWW-Authenticate.", Refs: []string{"RFC 6750 3"}, Verdict: Fail, Why: "the 401 has no WWW-Authenticate", Fix: "Send WWW-Authenticate: Bearer.",
			Steps: []Step{{Line: 7, Text: "call T refused", Expected: "WWW-Authenticate", Actual: "none"}}},
	)
	r.Strict = strict
	r.Why = "replay/after-logout failed: a logged-out token was accepted"
	r.Notes = []string{"clock skew of the target: 120 ms"}
	return r
}

// leak is a failure with all that a failure can show.
func leak() Record {
	return Record{
		ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true,
		Requirement: "A request that is sent after the logout was acknowledged is refused, whoever holds the copy.",
		Refs:        []string{"RFC 7009 2.1", "CWE-613", "ASVS 7.4.1"},
		Verdict:     Fail,
		Why:         "the copied token was accepted 2 ms after its logout; the logout only told the browser to forget it",
		Fix:         "Keep the token's jti until its exp, and look it up on every call.",
		Source:      "replay/after-logout.txt",
		Steps: []Step{
			{Line: 1, Text: "login alice -> T", Actual: "200", OK: true},
			{Line: 2, Text: "call T", Actual: "accepted (200)", OK: true},
			{Line: 3, Text: "copy T -> S", OK: true},
			{Line: 4, Text: "logout T", Actual: "acknowledged (204)", OK: true},
			{Line: 5, Text: "call S refused", Request: "GET /api/hello with S#3f2a91bc", Expected: "refused (401)", Actual: "accepted (200)", Count: 3, Note: "the backend answered as alice"},
			{Line: 6, Text: "call S refused via=second-connection", Expected: "refused (401)", Actual: "accepted (200)"},
		},
		Numbers:  []Number{{Name: "leak window", Value: 61234.5, Unit: "ms"}},
		Notes:    []string{"the token lives for 3600 s"},
		Duration: ms(61250),
	}
}

func partialRun() Run {
	r := baseRun(Partial, Record{ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true, Verdict: Pass, Duration: ms(12)})
	r.Gaps = []string{"the run was interrupted"}
	r.Omitted = []string{"lifecycle/logout-ends-token"}
	r.NotClaimed = []string{"replicas", "clock"}
	r.Why = "not everything that binds the target ran"
	return r
}

// hostileRun holds the text wherever a record can hold one.
func hostileRun(text string) Run {
	rec := Record{ID: "own/" + text, Title: text, Requirement: text, Refs: []string{text}, Verdict: Fail, Why: text, Fix: text, Source: text,
		Steps:   []Step{{Line: 1, Text: text, Request: text, Expected: text, Actual: text, Note: text}},
		Numbers: []Number{{Name: text, Value: 1, Unit: text, Note: text}}, Notes: []string{text}}
	skipped := Record{ID: text + "/skipped", Title: text, Verdict: NotRun, Why: text, Undeclared: text}
	other := Record{ID: "own/other" + text, Title: text, Verdict: NotRun, Why: text, Level: May}
	r := baseRun(Nonconformant, rec, skipped, other)
	r.Subject = Subject{Name: text, Kind: text, Endpoints: []string{text}, Details: map[string]string{text: text}}
	r.Profile, r.Why = text, text
	r.Gaps, r.Omitted, r.NotClaimed, r.Notes = []string{text}, []string{text}, []string{text}, []string{text}
	return r
}

func ms(v float64) Duration { return Duration(v * float64(time.Millisecond)) }
