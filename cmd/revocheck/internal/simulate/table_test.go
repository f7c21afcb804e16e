package simulate

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
)

func TestATableFitsTheScreen(t *testing.T) {
	long := outcome.Interval{Mean: 86400 * 30.4567, Lo: 86400 * 30.1, Hi: 86400 * 30.8, N: 30}
	study := &outcome.Study{
		Answer:  "Take denylist: none of 1234 stolen tokens outlived its logout, and it costs 1,234 look-ups a second at the peak and 12,345 revoked tokens (2.1 MB).",
		Partial: true, Why: "interrupted", Replications: 3, Planned: 30, Workload: outcome.Workload{Name: "office", Users: 20000, Span: 86400, Lifetime: 3600},
		Strategies: []outcome.Strategy{{
			Label: "client-side with a name that is long", Exposure: outcome.Exposure{Mean: long, P95: 86400 * 59.12},
			Success: outcome.Share{Interval: outcome.Interval{Mean: 0.9987}}, Leaks: outcome.PerMillion{Interval: outcome.Interval{Mean: 123456.7}},
			OverBlocks: outcome.PerMillion{Interval: outcome.Interval{Mean: 1234.5}},
			List:       outcome.List{What: "entries", Bytes: outcome.Interval{Mean: 123.4e9}}, Store: outcome.Store{ReadsPeak: outcome.Interval{Mean: 999_000}},
		}},
	}
	var text strings.Builder
	if err := write(&text, study); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(text.String()) {
		if n := runewidth.StringWidth(strings.TrimRight(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if !strings.HasPrefix(text.String(), "Take denylist: ") || !strings.Contains(text.String(), "PARTIAL (interrupted): 3 of 30 replications.") {
		t.Errorf("the answer does not stand first, or the study is not said to be partial:\n%s", text.String())
	}
}
