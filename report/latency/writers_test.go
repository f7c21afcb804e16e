package latency_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/html"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/report/markdown"
	"github.com/revocheck/revocheck/report/terminal"
)

// TestEveryReportForPeopleSaysIt with its bound; the terminal on the third line.
func TestEveryReportForPeopleSaysIt(t *testing.T) {
	run := report.Run{Records: []report.Record{measured(report.Pass, latency.OtherReplica, 10, 0, 1, 20, 30)}}
	for name, write := range map[string]func(io.Writer, report.Run) error{
		"terminal": func(w io.Writer, r report.Run) error { return terminal.Write(w, r, terminal.Options{}) },
		"Markdown": markdown.Write, "HTML": html.Write,
	} {
		var out bytes.Buffer
		if err := write(&out, run); err != nil {
			t.Fatal(err)
		}
		if text := out.String(); !strings.Contains(text, "p95 20 ms, max 30 ms of 10") || !strings.Contains(text, "up to 26 % may take longer") || !strings.Contains(text, "Revocation latency") {
			t.Errorf("%s:\n%s", name, text)
		}
		if lines := strings.Split(out.String(), "\n"); name == "terminal" && !strings.HasPrefix(lines[2], "Revocation latency: logout, other replica: ") {
			t.Errorf("the third line is %q", lines[2])
		}
	}
}
