package report

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestConclude(t *testing.T) {
	pass := Record{Verdict: Pass}
	tests := map[string]struct {
		run  Run
		want Conclusion
	}{
		"nothing tested":                {Run{}, Unconcluded},
		"pass":                          {Run{Records: []Record{pass}}, Conformant},
		"zero record":                   {Run{Records: []Record{{}}}, Broken},
		"must failed":                   {Run{Records: []Record{pass, {Verdict: Fail}, {Verdict: Error}}}, Nonconformant},
		"should failed":                 {Run{Records: []Record{pass, {Verdict: Fail, Level: Should}}}, Conformant},
		"may failed, strict":            {Run{Strict: true, Records: []Record{pass, {Verdict: Fail, Level: May}}}, Nonconformant},
		"error before gap":              {Run{Records: []Record{{Verdict: Inconclusive}, {Verdict: Error}}}, Broken},
		"inconclusive must":             {Run{Records: []Record{pass, {Verdict: Inconclusive}}}, Partial},
		"inconclusive should":           {Run{Records: []Record{pass, {Verdict: Inconclusive, Level: Should}}}, Conformant},
		"not run, undeclared":           {Run{Records: []Record{pass, {Verdict: NotRun, Undeclared: "clock"}}}, Conformant},
		"not run, undeclared, yet core": {Run{Records: []Record{pass, {Verdict: NotRun, Undeclared: "clock", Core: true}}}, Partial},
		"not run, declared":             {Run{Records: []Record{pass, {Verdict: NotRun}}}, Partial},
		"gap":                           {Run{Records: []Record{pass}, Gaps: []string{"interrupted"}}, Partial},
		"omitted":                       {Run{Records: []Record{pass}, Omitted: []string{"a/b"}}, Partial},
		"gap does not hide a failure":   {Run{Records: []Record{{Verdict: Fail}}, Gaps: []string{"interrupted"}}, Nonconformant},
	}
	for name, tt := range tests {
		if got := tt.run.Conclude(); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestNamesAreReadBack(t *testing.T) {
	for v := Undecided; v <= NotRun; v++ {
		var got Verdict
		if err := got.UnmarshalText([]byte(v.String())); err != nil || got != v {
			t.Errorf("verdict %v is read as %v, %v", v, got, err)
		}
	}
	for l := Must; l <= May; l++ {
		var got Level
		if err := got.UnmarshalText([]byte(l.String())); err != nil || got != l {
			t.Errorf("level %v is read as %v, %v", l, got, err)
		}
	}
	for c := Unconcluded; c <= Nonconformant; c++ {
		var got Conclusion
		if err := got.UnmarshalText([]byte(c.String())); err != nil || got != c {
			t.Errorf("conclusion %v is read as %v, %v", c, got, err)
		}
	}
	var v Verdict
	if err := v.UnmarshalText([]byte("passed")); err == nil || !strings.Contains(err.Error(), `"passed" is not a verdict`) {
		t.Errorf("passed: %v", err)
	}
	if got := Verdict(99).String(); got != "unknown(99)" {
		t.Errorf("Verdict(99) = %q", got)
	}
}

func TestDurationIsMilliseconds(t *testing.T) {
	var d Duration
	if err := json.Unmarshal([]byte("1.5"), &d); err != nil || d != Duration(1500*time.Microsecond) {
		t.Errorf("1.5: %v, %v", d, err)
	}
	for _, bad := range []string{`"1.5"`, "null", "1e400", "-1e13", "true"} {
		if err := json.Unmarshal([]byte(bad), &d); err == nil {
			t.Errorf("%s was taken for %v", bad, d)
		}
	}
}

func TestExitCode(t *testing.T) {
	pass, fail := []Record{{ID: "a/b", Verdict: Pass}}, []Record{{ID: "a/b", Verdict: Fail}}
	tests := map[string]struct {
		run     Run
		allow   bool
		want    int
		because string
	}{
		"conformant":      {Run{Conclusion: Conformant, Records: pass}, false, 0, "the target conforms"},
		"nonconformant":   {Run{Conclusion: Nonconformant, Records: fail}, true, 1, "no flag excuses a failure"},
		"broken":          {Run{Conclusion: Broken, Records: pass}, true, 3, "the harness says that it broke"},
		"partial":         {Run{Conclusion: Partial, Records: pass}, false, 4, "something is open"},
		"partial allowed": {Run{Conclusion: Partial, Records: pass}, true, 0, "the caller allows it"},
		"zero":            {Run{}, true, 3, "nothing was tested"},
		"no records":      {Run{Conclusion: Conformant}, true, 3, "a claim without evidence"},
		"never concluded": {Run{Records: pass}, true, 3, "nobody concluded"},
		"claims too much": {Run{Conclusion: Conformant, Records: fail}, false, 1, "the records count"},
		"unconcluded":     {Run{Records: fail}, false, 1, "a failure is one, concluded or not"},
	}
	for name, tt := range tests {
		if got := ExitCode(tt.run, tt.allow); got != tt.want {
			t.Errorf("%s: exit %d, want %d: %s", name, got, tt.want, tt.because)
		}
	}
}

// TestALeakThatWasSeenCountsWhateverTheLevel: it is no warning.
func TestALeakThatWasSeenCountsWhateverTheLevel(t *testing.T) {
	leak := Record{ID: "a/x", Level: Should, Verdict: Fail, Leak: true}
	if leak.Warning(false) || Conclude([]Record{leak}, false) != Nonconformant {
		t.Errorf("warning %v, %s", leak.Warning(false), Conclude([]Record{leak}, false))
	}
	if c := Count([]Record{leak}, false); c.Failed != 1 || c.Warnings != 0 {
		t.Errorf("%+v", c)
	}
}

// A run of a profile that leaves something without proof says so in its
// conclusion, and never that more is proved.
func TestAConclusionNamesWhatItDoesNotProve(t *testing.T) {
	pass, fail := Record{ID: "a/pass", Verdict: Pass}, Record{ID: "a/fail", Verdict: Fail}
	smoke := Run{Profile: "smoke", Unproven: "retention", LeftOut: []string{"a/slow"}}
	for want, r := range map[string]Run{
		"conformant": {Profile: "wire", Conclusion: Conformant, Records: []Record{pass}},
		"conformant (smoke: not a proof of retention)": {Profile: smoke.Profile, Unproven: smoke.Unproven, LeftOut: smoke.LeftOut, Conclusion: Conformant, Records: []Record{pass}},
		"nonconformant (smoke)":                        {Profile: smoke.Profile, Unproven: smoke.Unproven, Conclusion: Nonconformant, Records: []Record{fail}},
	} {
		if got := r.Concluded(); got != want {
			t.Errorf("it is %q, not %q", got, want)
		}
	}
	one, other := smoke, smoke
	one.Records, other.Records = []Record{pass}, []Record{{ID: "a/slow", Verdict: Pass}}
	if merged, err := Merge(one, other); err != nil || len(merged.LeftOut) != 0 || merged.Concluded() != "conformant (smoke: not a proof of retention)" {
		t.Errorf("merged with what one left out: %q, %v, %v", merged.Concluded(), merged.LeftOut, err)
	}
}
