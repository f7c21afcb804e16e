package simulate

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
)

func TestWhatARunMeasuredIsTheDelay(t *testing.T) {
	numbers := func(name string, values ...float64) (all []report.Number) {
		for i, q := range []string{"p50", "p95", "max"} {
			all = append(all, report.Number{Name: name + " " + q, Value: values[i], Unit: "ms"})
		}
		return all
	}
	run := report.Run{Records: []report.Record{{Numbers: numbers("leak window", 1, 2, 3)}, {Numbers: numbers("propagation time", 100, 190, 500)}}}
	got, ok := quantilesOf(run, "propagation time")
	if !ok || len(got) != 21 {
		t.Fatalf("%v", got)
	}
	for i, want := range map[int]float64{0: 0, 5: 0.05, 10: 0.1, 19: 0.19, 20: 0.5} {
		if math.Abs(got[i]-want) > 1e-9 {
			t.Errorf("quantile %d of 20 is %g s, want %g", i, got[i], want)
		}
	}
	if _, ok := quantilesOf(report.Run{}, "leak window"); ok {
		t.Error("a run without numbers has some")
	}
}

func TestRunsThatMeasuredNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "run.json")
	if err := measured(file, nil); err == nil {
		t.Error("there is no such file, and no error")
	}
	if err := os.WriteFile(file, []byte(`{"schema": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := measured(file, nil); err == nil || !strings.Contains(err.Error(), "--from "+file) {
		t.Errorf("%v", err)
	}
}
