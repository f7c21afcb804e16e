// Package sarif renders runs as SARIF 2.1.0, for security dashboards.
package sarif

import (
	"fmt"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// Write renders the run as SARIF: a rule for each scenario, a result for each
// cause, at the line of the target file that declares what is broken. What was
// not decided is a notification of the invocation, and the counts are properties
// of the run. The error is the writer's.
func Write(w io.Writer, r report.Run) error {
	r = r.AsStored()
	run := sarif.NewRunWithInformationURI("revocheck", "https://github.com/revocheck/revocheck")
	run.Tool.Driver.WithVersion(report.Printable(r.Tool.Version))
	run.WithProperties(properties(r))
	run.AddInvocation(invocation(r))
	for _, rec := range r.Records {
		addRule(run, rec)
	}
	for _, c := range r.Causes {
		addResult(run, c, r)
	}
	doc := sarif.NewReport()
	doc.AddRun(run)
	return doc.PrettyWrite(w)
}

func properties(r report.Run) *sarif.PropertyBag {
	bag := sarif.NewPropertyBag().Add("conclusion", r.Worst().String()).Add("counts", r.Counts).
		Add("subject", report.Printable(r.Subject.String())).Add("profile", report.Printable(r.Profile)).Add("seed", fmt.Sprint(r.Seed))
	if r.Unproven != "" {
		bag.Add("claim", report.Printable(r.Concluded()))
	}
	if r.Operator != "" {
		bag.Add("operator", report.Printable(r.Operator))
	}
	return bag
}

// invocation says whether the run came to its end, and what it left open.
func invocation(r report.Run) *sarif.Invocation {
	worst := r.Worst()
	whole := r.Ended == "" && worst != report.Broken && worst != report.Unconcluded
	call := sarif.NewInvocation().WithExecutionSuccessful(whole).
		WithStartTimeUtc(r.Started.Format("2006-01-02T15:04:05.000Z"))
	for _, line := range summary.Open(r) {
		text := line.Text
		if len(line.Records) > 0 {
			text = report.Group{Records: line.Records}.IDs() + ": " + text
		}
		call.AddToolExecutionNotification(sarif.NewNotification().WithLevel("warning").WithMessage(sarif.NewTextMessage(report.Printable(text))))
	}
	return call
}

func addRule(run *sarif.Run, rec report.Record) {
	help := strings.Join(nonEmpty(rec.Requirement, rec.Fix, strings.Join(rec.Refs, ", ")), "\n\n")
	rule := run.AddRule(report.Printable(rec.ID)).WithDescription(said(rec.Title, rec.ID)).
		WithFullDescription(sarif.NewMultiformatMessageString().WithText(said(rec.Requirement, rec.Title, rec.ID))).
		WithHelp(sarif.NewMultiformatMessageString().WithText(lines(help, rec.ID)))
	tags := []string{"security", rec.Level.String()}
	for _, ref := range rec.Refs {
		tags = append(tags, tagOf(ref))
	}
	rule.WithProperties(sarif.NewPropertyBag().WithTags(distinct(tags)))
}

// tagOf is the reference as dashboards know weaknesses.
func tagOf(ref string) string {
	if number, ok := strings.CutPrefix(ref, "CWE-"); ok {
		return "external/cwe/cwe-" + report.Printable(number)
	}
	return report.Printable(ref)
}

func addResult(run *sarif.Run, c report.Cause, r report.Run) {
	level := "error"
	if c.Warning {
		level = "warning"
	}
	result := run.CreateResultForRule(report.Printable(c.First())).WithLevel(level).WithMessage(sarif.NewTextMessage(message(c))).
		WithPartialFingerprints(map[string]string{"revocheckCause/v1": report.Printable(c.ID)}).AddLocation(location(c, r))
	var explained []string
	for _, id := range c.Scenarios {
		explained = append(explained, report.Printable(id))
	}
	result.WithProperties(sarif.NewPropertyBag().Add("scenarios", explained))
}

// message says what is wrong, what was seen, what it means and what to do.
func message(c report.Cause) string {
	n := len(c.Scenarios)
	parts := []string{fmt.Sprintf("%s (%d %s).", c.Title, n, summary.Plural(n, "scenario"))}
	for _, name := range []struct{ name, text string }{{"Seen", strings.Join(c.Seen, "; ")}, {"Risk", c.Risk}, {"Fix", c.Fix}} {
		if name.text != "" {
			parts = append(parts, name.name+": "+strings.TrimSuffix(name.text, ".")+".")
		}
	}
	return report.Printable(strings.Join(parts, " "))
}

// location is the line of the target file that declares what is broken or, where
// there is no such file, the target itself.
func location(c report.Cause, r report.Run) *sarif.Location {
	if c.Declared == nil {
		name := said(r.Subject.Name, r.Subject.Kind, "target")
		return sarif.NewLocation().WithLogicalLocations([]*sarif.LogicalLocation{sarif.NewLogicalLocation().WithName(name).WithKind("resource")})
	}
	place := sarif.NewPhysicalLocation().WithArtifactLocation(artifact(c.Declared.File)).
		WithRegion(sarif.NewRegion().WithStartLine(max(1, c.Declared.Line)))
	return sarif.NewLocationWithPhysicalLocation(place)
}

// artifact names a file by a URI: one below the working directory relative to it,
// as the root of the sources.
func artifact(file string) *sarif.ArtifactLocation {
	file = filepath.ToSlash(filepath.Clean(file))
	if path.IsAbs(file) {
		return sarif.NewSimpleArtifactLocation((&url.URL{Scheme: "file", Path: file}).String())
	}
	return sarif.NewSimpleArtifactLocation((&url.URL{Path: file}).String()).WithURIBaseID("%SRCROOT%")
}

// said is the first text that says something, on one line.
func said(texts ...string) string {
	for _, t := range append(texts, "-") {
		if t != "" {
			return report.Printable(t)
		}
	}
	return ""
}

// lines is said for a text of several paragraphs.
func lines(text, otherwise string) string {
	if text == "" {
		return said(otherwise)
	}
	var all []string
	for p := range strings.SplitSeq(text, "\n\n") {
		all = append(all, report.Printable(p))
	}
	return strings.Join(all, "\n\n")
}

func nonEmpty(texts ...string) (all []string) {
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return all
}

// distinct keeps the first of equal texts: SARIF wants its tags unique.
func distinct(texts []string) (all []string) {
	seen := map[string]bool{}
	for _, t := range texts {
		if !seen[t] {
			all = append(all, t)
		}
		seen[t] = true
	}
	return all
}
