package report_test

import (
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

func TestMergeFillsWhatWasOmitted(t *testing.T) {
	one, two := run(rec("a/x", report.Pass)), run(rec("a/y", report.Pass))
	one.Omitted, two.Omitted = []string{"a/y"}, []string{"a/x"}
	one.Conclusion, two.Conclusion = report.Partial, report.Partial
	two.Seed, two.Started = 7, one.Started.Add(-time.Hour)
	got, err := report.Merge(one, two)
	if err != nil {
		t.Fatal(err)
	}
	if got.Conclusion != report.Conformant || len(got.Omitted) > 0 || len(got.Records) != 2 {
		t.Errorf("%v, omitted %q, %d records", got.Conclusion, got.Omitted, len(got.Records))
	}
	if !got.Started.Equal(two.Started) || got.Duration != 2*one.Duration {
		t.Errorf("started %v, took %v", got.Started, got.Duration)
	}
	if want := []string{"merged from 2 runs, with the seeds 42, 7"}; !reflect.DeepEqual(got.Notes, want) {
		t.Errorf("notes %q", got.Notes)
	}
	if err := report.WriteJSON(io.Discard, got); err != nil {
		t.Errorf("the merged run cannot be stored: %v", err)
	}
	if len(one.Omitted) != 1 || len(one.Records) != 1 || len(one.Notes) != 0 {
		t.Errorf("the first run was changed: %+v", one)
	}
}

func TestMergeKeepsWhatIsOpen(t *testing.T) {
	one, two := run(rec("a/x", report.Pass)), run(rec("a/y", report.Pass))
	one.Omitted, two.Omitted = []string{"a/y", "a/z"}, []string{"a/x", "a/z"}
	got, err := report.Merge(one, two)
	if err != nil || got.Conclusion != report.Partial || !reflect.DeepEqual(got.Omitted, []string{"a/z"}) {
		t.Errorf("%v, omitted %q, %v", got.Conclusion, got.Omitted, err)
	}
	two.Gaps = []string{"interrupted"}
	one.Omitted, two.Omitted = nil, nil
	got, err = report.Merge(one, two)
	if err != nil || got.Conclusion != report.Partial || !reflect.DeepEqual(got.Gaps, two.Gaps) {
		t.Errorf("%v, gaps %q, %v", got.Conclusion, got.Gaps, err)
	}
}

func TestMergeTakesTheWorst(t *testing.T) {
	bad := run(rec("a/y", report.Fail))
	bad.Why = "a/y failed"
	got, err := report.Merge(run(rec("a/x", report.Pass)), bad)
	if err != nil || got.Conclusion != report.Nonconformant || got.Why != "a/y failed" {
		t.Errorf("%v because %q, %v", got.Conclusion, got.Why, err)
	}
}

func TestMergeOfOneRunIsThatRun(t *testing.T) {
	one := sample.Runs["nonconformant"]
	if got, err := report.Merge(one); err != nil || !reflect.DeepEqual(got, one) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestMergeRefuses(t *testing.T) {
	base := run(rec("a/x", report.Pass))
	other := func(change func(*report.Run)) report.Run {
		r := run(rec("a/y", report.Pass))
		change(&r)
		return r
	}
	tests := map[string]report.Run{
		"the subject differs":     other(func(r *report.Run) { r.Subject.Name = "gateway B" }),
		"the profile differs":     other(func(r *report.Run) { r.Profile = "full" }),
		"the tool differs":        other(func(r *report.Run) { r.Tool.Version = "9" }),
		"the strictness differs":  other(func(r *report.Run) { r.Strict = true }),
		"a/x ran in two of the r": run(rec("a/x", report.Fail)),
	}
	for want, r := range tests {
		if _, err := report.Merge(base, r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := report.Merge(); err == nil {
		t.Error("no runs were merged")
	}
}
