package stored

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/internal/example"
)

func TestDiffTellsAChange(t *testing.T) {
	same, err := Diff(example.Result(0.1), example.Result(0.1))
	if err != nil || same.Worse() || same.Changes[0].Significant {
		t.Errorf("two equal runs differ: %+v, %v", same, err)
	}
	worse, err := Diff(example.Result(0.1), example.Result(0.4))
	if err != nil || !worse.Worse() || !worse.Changes[0].Move.Covers(0.3) {
		t.Errorf("an overhead grown by 0.3 ms: %+v, %v", worse, err)
	}
	if better, err := Diff(example.Result(0.4), example.Result(0.1)); err != nil || better.Worse() {
		t.Errorf("a smaller overhead is called worse: %v", err)
	}
	if _, err := Diff(&loadgen.Result{}, example.Result(0)); err == nil {
		t.Error("a run without pairs is compared")
	}
}

func TestDiffWarnsOfOtherSettings(t *testing.T) {
	other := example.Result(0.1)
	other.Setup.Rate, other.Reliable = "50", false
	d, err := Diff(example.Result(0.1), other)
	if err != nil || len(d.Warnings) != 2 {
		t.Errorf("another rate and an unreliable run give %d warnings: %v %v", len(d.Warnings), d.Warnings, err)
	}
	var out strings.Builder
	if err := d.WriteText(&out); err != nil || !strings.Contains(out.String(), "the rate differs: 1000 and 50") {
		t.Errorf("%v:\n%s", err, out.String())
	}
}
