package terminal

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report/internal/sample"
)

// The last line of the terminal is the conclusion, whatever a scenario's name
// pretends.
func TestLastLineIsTheConclusion(t *testing.T) {
	for name, run := range sample.Runs {
		var out bytes.Buffer
		if err := Write(&out, run, Options{Width: 60}); err != nil {
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
		if err := Write(&out, sample.Runs["hostile"], Options{Color: colour}); err != nil {
			t.Fatal(err)
		}
		if got := sgr.Match(out.Bytes()); got != colour {
			t.Errorf("colour %v: colours sent %v", colour, got)
		}
		if bare := sgr.ReplaceAllString(out.String(), ""); strings.Contains(bare, "\x1b") {
			t.Errorf("more than colours is sent: %q", bare)
		}
	}
}
