package report_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

// rendered is what each writer makes of the run.
func rendered(t testing.TB, r report.Run) map[string]string {
	t.Helper()
	all := map[string]string{}
	for what, write := range writers(r) {
		if what == "progress on a console" {
			continue // what it draws depends on when it is asked to
		}
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		all[what] = out.String()
	}
	return all
}

// readsTheSame fails the test if any writer renders the run otherwise once it
// was stored and read back.
func readsTheSame(t testing.TB, run report.Run) {
	t.Helper()
	again, err := report.ReadJSON(strings.NewReader(stored(t, run)))
	if err != nil {
		t.Fatal(err)
	}
	live, after := rendered(t, run), rendered(t, again)
	for what := range live {
		if live[what] != after[what] {
			t.Errorf("%s differs\nlive:\n%s\nstored:\n%s", what, live[what], after[what])
		}
	}
}

// Each of these is rounded to its stored form first and then for a reader: by
// one step from the full value it would come out otherwise.
func TestAStoredDurationReadsTheSame(t *testing.T) {
	for _, d := range []time.Duration{
		9_844_999, 9_845_000, 9_845_499, 9_845_500, 9_845_501, 9_844_999_999, 99_949_500, 999_499_999, 999_499_500,
		999_999_500, 59_949_999_500, 59_999_999_500, 500, 499, 1_500, -9_844_999, 1<<63 - 1, -1 << 63,
	} {
		t.Run(d.String(), func(t *testing.T) {
			run := sample.Runs["conformant"]
			run.Duration = report.Duration(d)
			run.Records = []report.Record{
				{ID: "a/x", Verdict: report.Fail, Duration: report.Duration(d), Steps: []report.Step{{At: report.Duration(d), Took: report.Duration(d)}}},
				{ID: "a/y", Verdict: report.Pass, Duration: report.Duration(d / 3)},
			}
			run.Conclusion = report.Nonconformant
			readsTheSame(t, run)
		})
	}
}

// The sum of what is shown is that of the stored parts.
func TestASumOfDurationsReadsTheSame(t *testing.T) {
	run := sample.Runs["conformant"]
	run.Records = nil
	for _, id := range []string{"a/1", "a/2", "a/3"} {
		run.Records = append(run.Records, report.Record{ID: id, Verdict: report.Pass, Duration: report.Duration(166_400)}) // 0.4992 ms, stored as 3 times 0.166
	}
	readsTheSame(t, run)
}

func TestAnInstantReadsTheSame(t *testing.T) {
	run := sample.Runs["conformant"]
	run.Started = time.Date(1890, 5, 6, 7, 8, 9, 987654321, time.FixedZone("mean time of Amsterdam", 19*60+32))
	readsTheSame(t, run)
	run.Started = time.Now()
	readsTheSame(t, run)
}

func TestARunAsStoredSharesNothing(t *testing.T) {
	run := sample.EveryVerdict(false)
	run.Records[1].Steps[0].At, run.Records[1].Notes = report.Duration(1), []string{"\xff"}
	kept := run.AsStored()
	if run.Records[1].Steps[0].At != 1 || run.Records[1].Notes[0] != "\xff" || kept.Records[1].Steps[0].At != 0 {
		t.Errorf("the run itself was changed: %v", run.Records[1])
	}
}

// Whatever a run holds, it reads the same once it was stored.
func FuzzAStoredRunReadsTheSame(f *testing.F) {
	f.Add(uint64(1), "ab")
	f.Add(uint64(2), sample.Hostile)
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		readsTheSame(t, anyRun(rand.New(rand.NewPCG(seed, seed)), text))
	})
}

// anyRun draws a run that can be stored, with pieces of the text in it.
func anyRun(r *rand.Rand, text string) report.Run {
	piece := func() string { from := r.IntN(len(text) + 1); return text[from:] }
	length := func() report.Duration { return report.Duration(r.Int64() >> r.IntN(63)) }
	run := sample.Base(0)
	run.Started = time.Unix(r.Int64N(1e9), r.Int64N(1e9)).In(time.FixedZone("", r.IntN(50_000)))
	run.Duration, run.Why, run.Notes = length(), piece(), []string{piece()}
	for i := range 1 + r.IntN(4) {
		run.Records = append(run.Records, report.Record{
			ID: string(rune('a'+i)) + piece(), Level: report.Level(r.IntN(3)), Core: r.IntN(2) == 0, Verdict: report.Verdict(r.IntN(6)),
			Why: piece(), Duration: length(),
			Steps:   []report.Step{{Text: piece(), At: length(), Took: length(), Actual: piece(), OK: r.IntN(2) == 0}},
			Numbers: []report.Number{{Name: piece(), Value: r.NormFloat64() * 1e3, Unit: piece()}},
		})
	}
	run.Conclusion = run.Conclude()
	return run
}
