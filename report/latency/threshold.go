package latency

import (
	"fmt"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// Threshold is the longest revocation latency that a run may show. The zero value
// is none.
type Threshold struct {
	Quantile string // p50, p95, p99 or max
	Most     time.Duration
}

// Set reads "p95=1s". The error says what is wrong and what may stand there.
func (t *Threshold) Set(text string) error {
	quantile, limit, _ := strings.Cut(text, "=")
	most, err := time.ParseDuration(limit)
	switch quantile {
	case "p50", "p95", "p99", "max":
	default:
		return fmt.Errorf("%q is not QUANTILE=DURATION, such as p95=1s: the quantile is p50, p95, p99 or max", text)
	}
	if err != nil || most < 0 {
		return fmt.Errorf("%q is not QUANTILE=DURATION, such as p95=1s: the duration is 0s or more, with its unit", text)
	}
	t.Quantile, t.Most = quantile, most
	return nil
}

// String is the threshold as it is written; empty for none.
func (t *Threshold) String() string {
	if t.Quantile == "" {
		return ""
	}
	return t.Quantile + "=" + t.Most.String()
}

// Type is what the value is called in the help.
func (t *Threshold) Type() string { return "QUANTILE=DURATION" }

// Verdict is what a threshold says of a run.
type Verdict struct {
	Measured, Kept bool
	Text           string // on one line
}

// Judge holds every distribution of the run against the threshold. A token that was
// still accepted when the watch ended breaks any.
func (t *Threshold) Judge(r report.Run) Verdict {
	all := Of(r)
	if len(all) == 0 {
		return Verdict{Text: fmt.Sprintf("--max-revocation-latency %s was not judged: the run measured no revocation latency; concurrency/leak-window does", t)}
	}
	var said, over []string
	for _, d := range all {
		text, ok := t.holds(d)
		said = append(said, text)
		if !ok {
			over = append(over, text)
		}
	}
	if len(over) > 0 {
		return Verdict{Measured: true, Text: fmt.Sprintf("--max-revocation-latency %s is exceeded: %s", t, strings.Join(over, "; "))}
	}
	return Verdict{true, true, fmt.Sprintf("--max-revocation-latency %s is kept: %s", t, strings.Join(said, "; "))}
}

// holds reports whether a distribution keeps the threshold, and says by what.
func (t *Threshold) holds(d Distribution) (string, bool) {
	about := fmt.Sprintf("%s, %s: ", d.Trigger, d.Place)
	if d.NotEnded > 0 {
		return about + d.longest(), false
	}
	switch {
	case t.Quantile == "p50":
		return about + of("p50", d.P50, d.Samples), d.P50 <= t.Most
	case t.Quantile == "p95":
		return about + of("p95", d.P95, d.Samples), d.P95 <= t.Most
	case t.Quantile == "p99" && d.Samples >= ForP99:
		return about + of("p99", d.P99, d.Samples), d.P99 <= t.Most
	case t.Quantile == "p99":
		return about + fmt.Sprintf("%s, in place of a p99, which takes %d samples", d.longest(), ForP99), d.Max <= t.Most
	}
	return about + d.longest(), d.Max <= t.Most
}

func of(quantile string, took time.Duration, samples int) string {
	return fmt.Sprintf("%s %s of %d", quantile, report.Duration(took), samples)
}
