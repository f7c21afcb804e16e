package markdown

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// Limit is how many bytes a summary of a run has at most. A comment of a code
// review takes 65536 characters, and is seldom alone.
const Limit = 60_000

// mostText is how many bytes of one text are shown.
const mostText = 600

// Write renders the run as a summary in GitHub Flavored Markdown: what it
// concludes, then the causes of the failures, then what was not decided. It has
// Limit bytes at most, and says what was left out. The error is the writer's.
func Write(w io.Writer, r report.Run) error {
	r = r.AsStored()
	p := &page{room: Limit}
	p.head(r)
	for i, c := range r.Causes {
		p.cause(i+1, c, r)
	}
	p.lines("Revocation latency", summary.Latencies(r))
	p.lines("Not decided", summary.Open(r))
	p.lines("Did not run", summary.Aside(r))
	p.lines("Not claimed", summary.NotClaimed(r))
	p.groups(r)
	p.notes(r)
	_, err := io.WriteString(w, p.whole())
	return err
}

// page is text with a bound. What is beyond it is left out, a block at a time.
type page struct {
	text strings.Builder
	room int
	left int // blocks that had no room
}

// cutNote is what the last line takes.
const cutNote = 200

func (p *page) block(text string) {
	if p.left > 0 || p.text.Len()+len(text) > p.room-cutNote {
		p.left++
		return
	}
	p.text.WriteString(text)
}

func (p *page) whole() string {
	if p.left == 0 {
		return p.text.String()
	}
	return p.text.String() + fmt.Sprintf("\n**Cut here: %d more %s.** The HTML and the JSON report hold the whole.\n", p.left, summary.Plural(p.left, "part"))
}

func (p *page) head(r report.Run) {
	var out strings.Builder
	fmt.Fprintf(&out, "## revocheck: %s\n\n", clipped(summary.Headline(r)))
	fmt.Fprintf(&out, "**%s**\n\n%s\n", escape(summary.Counts(r)), clipped(summary.Subject(r)))
	tool := strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)
	fmt.Fprintf(&out, "\n%s, %s, took %s%s\n", clipped(tool), r.Started.Format("2006-01-02 15:04:05 UTC"), escape(r.Duration.String()), by(r.Operator))
	if left := summary.LeftOut(r); left != "" {
		fmt.Fprintf(&out, "\n%s\n", clipped(left))
	}
	if r.Why != "" {
		fmt.Fprintf(&out, "\n%s\n", clipped(r.Why))
	}
	p.block(out.String())
}

func by(operator string) string {
	if operator == "" {
		return ""
	}
	return ", run by " + clipped(operator)
}

// cause shows one, with the scenarios that it explains folded away.
func (p *page) cause(n int, c report.Cause, r report.Run) {
	kind := ""
	if c.Warning {
		kind = "warning: "
	}
	var out strings.Builder
	fmt.Fprintf(&out, "\n### %d. %s%s\n\n", n, kind, clipped(c.Title))
	item := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&out, "- **%s**: %s\n", name, clipped(text))
		}
	}
	for _, text := range c.Seen {
		item("Seen", text)
	}
	item("Risk", c.Risk)
	item("Fix", c.Fix)
	if c.Declared != nil {
		item("Declared at", c.Declared.String())
	}
	p.block(out.String())
	p.explained(c, r)
}

// explained lists the scenarios of a cause.
func (p *page) explained(c report.Cause, r report.Run) {
	var out strings.Builder
	ids := make([]string, len(c.Scenarios))
	for i, id := range c.Scenarios {
		ids[i] = clipped(id)
	}
	said := fmt.Sprintf("%d %s", len(ids), summary.Plural(len(ids), "scenario"))
	if _, n := summary.Others(r, c); n > 0 {
		said += fmt.Sprintf(", of which %d did not reach their own requirement: run again after the fix", n)
	}
	fmt.Fprintf(&out, "\n<details><summary>%s</summary>\n\n%s\n\n</details>\n", said, strings.Join(ids, ", "))
	p.block(out.String())
}

// lines is a section of facts, unless there are none.
func (p *page) lines(title string, lines []summary.Line) {
	for i, l := range lines {
		text := "- " + clipped(l.Text)
		if len(l.Records) > 0 {
			text += ": " + clipped(report.Group{Records: l.Records}.IDs())
		}
		if i == 0 {
			text = "\n### " + title + "\n\n" + text
		}
		p.block(text + "\n")
	}
}

func (p *page) groups(r report.Run) {
	if len(r.Records) == 0 {
		p.block("\nNothing was tested: no scenario ran.\n")
		return
	}
	var out strings.Builder
	out.WriteString("\n### By group\n\n")
	writeHead(&out, []string{"group", "passed", "failed", "warnings", "inconclusive", "errors", "not run"})
	for _, g := range r.Groups() {
		writeCounts(&out, g.Name, report.Count(g.Records, r.Strict))
	}
	writeCounts(&out, "all", report.Count(r.Records, r.Strict))
	p.block(out.String())
}

func writeCounts(out *strings.Builder, name string, c report.Counts) {
	cells := []string{name}
	for _, n := range []int{c.Passed, c.Failed, c.Warnings, c.Inconclusive, c.Errors, c.NotRun} {
		cells = append(cells, fmt.Sprint(n))
	}
	writeRow(out, cells)
}

func (p *page) notes(r report.Run) {
	if missed := summary.Missed(r); missed != "" {
		p.block("\nCould have missed: " + clipped(missed) + "\n")
	}
	var lines []summary.Line
	for _, note := range r.Notes {
		lines = append(lines, summary.Line{Text: note})
	}
	p.lines("Notes", lines)
}

// clipped is a text on one line that means itself, cut where it is too long.
func clipped(text string) string {
	if len(text) > mostText {
		cut := mostText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + " …"
	}
	return escape(text)
}
