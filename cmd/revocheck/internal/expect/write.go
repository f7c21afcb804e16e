package expect

import (
	"bytes"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"

	"github.com/revocheck/revocheck/report"
)

// Write writes a file that expects the run's failures: an entry a cause or, by
// scenario, an entry a failed scenario. What the titles say stands beside them.
func Write(w io.Writer, r report.Run, byScenario bool, reason, until string) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# Failures of %s that are known. Take out an entry when its failure is mended.\n", comment(r.Subject.Name))
	for _, c := range failures(r, byScenario) {
		text, err := yaml.Marshal([]entry{{Scenario: c.Scenario, Cause: c.Cause, Reason: reason, Until: until}})
		if err != nil {
			return err
		}
		fmt.Fprintf(&out, "# %s\n%s", comment(c.title), text)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// failure is what an entry is about.
type failure struct {
	entry
	title string
}

func failures(r report.Run, byScenario bool) (all []failure) {
	if byScenario {
		for _, rec := range r.Records {
			if rec.Verdict == report.Fail && !rec.Warning(r.Strict) {
				all = append(all, failure{entry{Scenario: rec.ID}, rec.Title})
			}
		}
		return all
	}
	for _, c := range r.Causes {
		if !c.Warning {
			all = append(all, failure{entry{Cause: c.ID}, c.Title})
		}
	}
	return all
}

// comment keeps a text on the line of its comment.
func comment(text string) string {
	return string(bytes.Map(func(c rune) rune {
		if c < ' ' || c == 0x85 || c == 0x2028 || c == 0x2029 {
			return ' '
		}
		return c
	}, []byte(text)))
}
