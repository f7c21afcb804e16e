package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/html"
	"github.com/revocheck/revocheck/report/internal/sample"
	"github.com/revocheck/revocheck/report/junit"
	"github.com/revocheck/revocheck/report/markdown"
	"github.com/revocheck/revocheck/report/sarif"
	"github.com/revocheck/revocheck/report/terminal"
)

// writers are all that render text from outside.
func writers(r report.Run) map[string]func(io.Writer) error {
	compared := report.Comparison{Runs: []report.NamedRun{{Name: r.Subject.Name, Run: r, Numbers: r.Records[0].Numbers}, {Name: "other", Run: r}}}
	diff := report.Diff(sample.Base(report.Conformant, report.Record{ID: r.Records[0].ID, Verdict: report.Pass}), r)
	opts := terminal.Options{Width: 80, Verbose: true}
	return map[string]func(io.Writer) error{
		"terminal":              func(w io.Writer) error { return terminal.Write(w, r, opts) },
		"JSON":                  func(w io.Writer) error { return report.WriteJSON(w, r) },
		"JUnit":                 func(w io.Writer) error { return junit.Write(w, r) },
		"Markdown":              func(w io.Writer) error { return markdown.Write(w, r) },
		"SARIF, JSON":           func(w io.Writer) error { return sarif.Write(w, r) },
		"HTML":                  func(w io.Writer) error { return html.Write(w, r) },
		"difference":            func(w io.Writer) error { return terminal.WriteDiff(w, diff, opts) },
		"difference, JSON":      diff.WriteJSON,
		"comparison":            func(w io.Writer) error { return terminal.WriteComparison(w, compared, terminal.Options{}) },
		"comparison, list":      func(w io.Writer) error { return terminal.WriteComparison(w, compared, opts) },
		"comparison, JSON":      compared.WriteJSON,
		"comparison, Markdown":  func(w io.Writer) error { return markdown.WriteComparison(w, compared) },
		"comparison, HTML":      func(w io.Writer) error { return html.WriteComparison(w, compared) },
		"progress":              func(w io.Writer) error { return showProgress(w, r, false) },
		"progress on a console": func(w io.Writer) error { return showProgress(w, r, true) },
	}
}

func showProgress(w io.Writer, r report.Run, live bool) error {
	p := terminal.NewProgress(w, live, true, 1)
	p.Start(r.Records[0].ID)
	p.Wait(r.Records[0].ID, 1)
	p.Done(r.Records[0])
	p.Close()
	return nil
}

// steering are the sequences that the progress line itself sends.
var steering = regexp.MustCompile(`\x1b\[\d*[AJK]|\r`)

// harmless fails the test if a terminal would do more with the text than show it.
func harmless(t *testing.T, what, text string) {
	t.Helper()
	if strings.HasPrefix(what, "progress on") {
		text = steering.ReplaceAllString(text, "")
	}
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8: %q", what, text)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && !unicode.IsPrint(r) }); i >= 0 {
		t.Errorf("%s holds a rune that does not print: %q", what, text[i:min(len(text), i+20)])
	}
}

func FuzzHostileText(f *testing.F) {
	f.Add(sample.Hostile)
	f.Add("]]>")
	f.Add("| a | b |\n<script>alert(1)</script> [x](javascript:y) `")
	f.Add("\x1b]8;;http://example.com\x07link\x1b]8;;\x07")
	f.Fuzz(func(t *testing.T, text string) {
		run := sample.HostileRun(text)
		for what, write := range writers(run) {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			harmless(t, what, out.String())
			if strings.Contains(what, "JSON") && !json.Valid(out.Bytes()) {
				t.Errorf("%s is not JSON: %s", what, out.String())
			}
			if what == "comparison, Markdown" {
				sameColumns(t, out.String())
			}
		}
	})
}

// escaped is a character that means only itself in Markdown.
var escaped = regexp.MustCompile(`\\.`)

// sameColumns fails the test if text broke out of its cell.
func sameColumns(t *testing.T, table string) {
	t.Helper()
	lines := strings.Split(table, "\n")
	want := strings.Count(lines[1], "|")
	for _, line := range lines[:4] { // of the first table
		bare := escaped.ReplaceAllString(line, "")
		if strings.Count(bare, "|") != want || strings.ContainsAny(bare, "<>`[") {
			t.Errorf("%q has not %d bars, or markup", line, want)
		}
	}
}

// full takes so many bytes and then fails, like a full disk.
type full struct{ room int }

var errFull = errors.New("no space left")

func (f *full) Write(p []byte) (int, error) {
	if f.room < len(p) {
		return 0, errFull
	}
	f.room -= len(p)
	return len(p), nil
}

func TestWritersReportAFullDisk(t *testing.T) {
	for what, write := range writers(sample.Runs["nonconformant"]) {
		if strings.HasPrefix(what, "progress") {
			continue // goes on without its display
		}
		for _, room := range []int{0, 40} {
			if err := write(&full{room}); !errors.Is(err, errFull) {
				t.Errorf("%s, room for %d bytes: %v", what, room, err)
			}
		}
	}
}
