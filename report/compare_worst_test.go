package report

import (
	"strings"
	"testing"
)

func rec(id string, v Verdict) Record { return Record{ID: id, Verdict: v, Why: v.String()} }

func saw(id string, o Observable) Record {
	r := rec(id, Fail)
	r.Finding = &Finding{Observable: o}
	return r
}

func run(records ...Record) Run { return Run{Records: records, Conclusion: Conclude(records, false)} }

func TestWorstFinding(t *testing.T) {
	fail := func(id string) Record { return rec(id, Fail) }
	warning := fail("a/should")
	warning.Level = Should
	tests := map[string]struct {
		run  Run
		want string
	}{
		"the worst, and not the first":           {run(saw("b/y", LoginFailed), saw("c/z", DeadAccepted)), "c/z"},
		"nothing wrong":                          {run(rec("a/x", Pass), warning), ""},
		"nothing tested":                         {run(), ""},
		"the first failure":                      {run(rec("a/x", Pass), warning, fail("b/y"), fail("c/z")), "b/y"},
		"the replay before others":               {run(fail("b/y"), fail("replay/after-logout")), "replay/after-logout"},
		"the logout before the replay":           {run(fail("replay/after-logout"), fail("lifecycle/logout-ends-token")), "lifecycle/logout-ends-token"},
		"what others build on only if it failed": {run(rec("lifecycle/logout-ends-token", Pass), fail("b/y")), "b/y"},
		"an error where nothing failed":          {run(rec("a/x", Inconclusive), rec("b/y", Error)), "b/y"},
		"what is open, if nothing failed":        {run(rec("a/x", Pass), rec("b/y", Inconclusive)), "b/y"},
	}
	for name, tt := range tests {
		if got, _, _ := worstFinding(tt.run.AsStored()); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestClause(t *testing.T) {
	long := strings.Repeat("word ", 40)
	for text, want := range map[string]string{
		"accepted after logout; the logout did nothing": "accepted after logout",
		"accepted after logout. It told the browser.":   "accepted after logout",
		"took 1.5 s to refuse":                          "took 1.5 s to refuse",
		"ends here.":                                    "ends here",
		long:                                            strings.TrimSpace(strings.Repeat("word ", 19)) + " …",
		strings.Repeat("x", 150):                        strings.Repeat("x", 98) + " …",
	} {
		if got := clause(text); got != want {
			t.Errorf("clause(%q) = %q, want %q", text, got, want)
		}
	}
}
