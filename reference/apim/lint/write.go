package lint

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// WriteText writes findings for a person.
func WriteText(w io.Writer, findings []Finding) error {
	for _, f := range findings {
		_, err := fmt.Fprintf(w, "%s:%d: %s: %s\n    %s.\n    why: %s\n    fix: %s\n",
			f.File, f.Line, f.Rule.ID, f.Message, f.Rule.Title, f.Rule.Why, f.Rule.Fix)
		if err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, summary(Count(findings)))
	return err
}

func summary(holes, reserved int) string {
	said := fmt.Sprintf("%d findings", holes)
	switch holes {
	case 0:
		said = "no findings"
	case 1:
		said = "1 finding"
	}
	if reserved > 0 {
		said += fmt.Sprintf("; %d not judged", reserved)
	}
	return said
}

type jsonFinding struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Rule    string `json:"rule"`
	Title   string `json:"title"`
	Message string `json:"message"`
	Why     string `json:"why"`
	Fix     string `json:"fix"`
}

// WriteJSON writes {"schema":1,"findings":[...]}.
func WriteJSON(w io.Writer, findings []Finding) error {
	out := struct {
		Schema   int           `json:"schema"`
		Findings []jsonFinding `json:"findings"`
	}{1, []jsonFinding{}}
	for _, f := range findings {
		out.Findings = append(out.Findings, jsonFinding{f.File, f.Line, f.Rule.ID, f.Rule.Title, f.Message, f.Rule.Why, f.Rule.Fix})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func level(r Rule) string {
	if r.ID == NotJudged.ID {
		return "note"
	}
	return "warning"
}

// WriteSARIF writes SARIF 2.1.0, with every rule, found or not.
func WriteSARIF(w io.Writer, findings []Finding) error {
	run := sarif.NewRunWithInformationURI("revocheck", "https://github.com/revocheck/revocheck")
	for _, r := range Rules() {
		run.AddRule(r.ID).WithDescription(r.Title).
			WithFullDescription(sarif.NewMultiformatMessageString().WithText(r.Why)).
			WithHelp(sarif.NewMultiformatMessageString().WithText(r.Fix))
	}
	for _, f := range findings {
		run.AddDistinctArtifact(f.File)
		place := sarif.NewPhysicalLocation().
			WithArtifactLocation(sarif.NewSimpleArtifactLocation(f.File)).
			WithRegion(sarif.NewRegion().WithStartLine(f.Line))
		run.CreateResultForRule(f.Rule.ID).WithLevel(level(f.Rule)).
			WithMessage(sarif.NewTextMessage(f.Message + ". " + f.Rule.Why)).
			AddLocation(sarif.NewLocationWithPhysicalLocation(place))
	}
	report := sarif.NewReport()
	report.AddRun(run)
	return report.PrettyWrite(w)
}
