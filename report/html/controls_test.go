package html

import (
	"slices"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

func find(t *testing.T, all []family, name string) controlRow {
	t.Helper()
	for _, f := range all {
		for _, c := range f.Controls {
			if c.Name == name {
				return c
			}
		}
	}
	t.Fatalf("no control %s", name)
	return controlRow{}
}

// A control has the worst result of the scenarios that refer to it, and one that
// none refers to says so.
func TestAControlIsAsGoodAsItsWorstScenario(t *testing.T) {
	record := func(id string, v report.Verdict, level report.Level, refs ...string) report.Record {
		return report.Record{ID: id, Verdict: v, Level: level, Refs: refs}
	}
	all := controls(sample.Base(report.Nonconformant,
		record("a/1", report.Pass, report.Must, "RFC 7009 section 2.1", "CWE-613", "RFC 7009 section 2.2", "WSTG-SESS-06", "CWE-999"),
		record("a/2", report.Fail, report.Must, "CWE-613", "OWASP ASVS 5.0 V7.4.1"),
		record("a/3", report.Fail, report.Should, "RFC 7009 section 2.2"),
		record("a/4", report.Inconclusive, report.Must, "OWASP ASVS 5.0 V9.2.1"),
		record("a/5", report.NotRun, report.Must, "OWASP ASVS 5.0 V7.4.3"),
		record("a/6", report.NotRun, report.Must, "WSTG-SESS-06"),
	))
	for name, want := range map[string]string{
		"RFC 7009 section 2.1": "passed", "CWE-613": "failed", "OWASP ASVS 5.0 V7.4.1": "failed", "RFC 7009 section 2.2": "warning", "OWASP ASVS 5.0 V9.2.1": "not decided",
		"OWASP ASVS 5.0 V7.4.3": "not run", "WSTG-SESS-06": "passed, as far as it ran", "CWE-999": "passed",
	} {
		if got := find(t, all, name).Result; got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	if !slices.ContainsFunc(all[0].Uncovered, func(c controlRow) bool { return c.Name == "OWASP ASVS 5.0 V7.4.5" }) {
		t.Errorf("uncovered: %+v", all[0].Uncovered)
	}
}

func TestReferencesLeadToTheirText(t *testing.T) {
	for ref, want := range map[string]string{
		"RFC 7009 section 2.1": "https://www.rfc-editor.org/rfc/rfc7009#section-2.1", "RFC 7519 section 2 (NumericDate)": "https://www.rfc-editor.org/rfc/rfc7519#section-2",
		"CWE-613": "https://cwe.mitre.org/data/definitions/613.html", "WSTG-SESS-06": "", "RFC x section 1": "", "CWE-6\"": "", "RFC 1 section a.b": "https://www.rfc-editor.org/rfc/rfc1",
	} {
		if got := referenceOf(ref).URL; got != want {
			t.Errorf("%s: %q, not %q", ref, got, want)
		}
	}
}
