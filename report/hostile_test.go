package report

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
)

// writers are all that render text from outside.
func writers(r Run) map[string]func(io.Writer) error {
	compared := Comparison{Runs: []NamedRun{{Name: r.Subject.Name, Run: r, Numbers: r.Records[0].Numbers}, {Name: "other", Run: r}}}
	diff := Diff(baseRun(Conformant, Record{ID: r.Records[0].ID, Verdict: Pass}), r)
	opts := TerminalOptions{Width: 80, Verbose: true}
	return map[string]func(io.Writer) error{
		"terminal":              func(w io.Writer) error { return WriteTerminal(w, r, opts) },
		"JSON":                  func(w io.Writer) error { return WriteJSON(w, r) },
		"JUnit":                 func(w io.Writer) error { return WriteJUnit(w, r) },
		"difference":            func(w io.Writer) error { return diff.WriteTerminal(w, opts) },
		"difference, JSON":      diff.WriteJSON,
		"comparison":            func(w io.Writer) error { return compared.WriteTerminal(w, TerminalOptions{}) },
		"comparison, list":      func(w io.Writer) error { return compared.WriteTerminal(w, opts) },
		"comparison, JSON":      compared.WriteJSON,
		"comparison, Markdown":  compared.WriteMarkdown,
		"progress":              func(w io.Writer) error { return showProgress(w, r, false) },
		"progress on a console": func(w io.Writer) error { return showProgress(w, r, true) },
	}
}

func showProgress(w io.Writer, r Run, live bool) error {
	p := NewProgress(w, live, 1)
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
	f.Add(hostile)
	f.Add("]]>")
	f.Add("| a | b |\n<script>alert(1)</script> [x](javascript:y) `")
	f.Add("\x1b]8;;http://example.com\x07link\x1b]8;;\x07")
	f.Fuzz(func(t *testing.T, text string) {
		run := hostileRun(text)
		for what, write := range writers(run) {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			harmless(t, what, out.String())
			if strings.Contains(what, "JSON") && !json.Valid(out.Bytes()) {
				t.Errorf("%s is not JSON: %s", what, out.String())
			}
			if strings.Contains(what, "Markdown") {
				sameColumns(t, out.String())
			}
		}
		if _, all := parseJUnit(t, run); len(all) != len(run.Records)+len(run.Gaps)+len(run.Omitted) {
			t.Errorf("%d cases in JUnit", len(all))
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
	for _, line := range lines[:4] {
		bare := escaped.ReplaceAllString(line, "")
		if strings.Count(bare, "|") != want || strings.ContainsAny(bare, "<>`[") {
			t.Errorf("%q has not %d bars, or markup", line, want)
		}
	}
}

// The last line of the terminal is the conclusion, whatever a scenario's name
// pretends.
func TestLastLineIsTheConclusion(t *testing.T) {
	for name, run := range samples {
		var out bytes.Buffer
		if err := WriteTerminal(&out, run, TerminalOptions{Width: 60}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if last := lines[len(lines)-1]; !strings.HasPrefix(last, run.Conclusion.String()+": ") || !strings.HasSuffix(last, " in 3.2 s") {
			t.Errorf("%s: the last line is %q", name, last)
		}
	}
}

// Colour is the only steering that is ever sent, and only if it was asked for.
func TestColourIsAskedFor(t *testing.T) {
	sgr := regexp.MustCompile(`\x1b\[\d+m`)
	for _, colour := range []bool{false, true} {
		var out bytes.Buffer
		if err := WriteTerminal(&out, samples["hostile"], TerminalOptions{Color: colour}); err != nil {
			t.Fatal(err)
		}
		if got := sgr.Match(out.Bytes()); got != colour {
			t.Errorf("colour %v: colours sent %v", colour, got)
		}
		harmless(t, "terminal", sgr.ReplaceAllString(out.String(), ""))
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
	for what, write := range writers(samples["nonconformant"]) {
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
