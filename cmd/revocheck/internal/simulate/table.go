package simulate

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/mattn/go-runewidth"

	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
)

// width is that of the screen for which the table is made.
const width = 80

// write shows a study: the answer first, then a table of 80 columns.
func write(out io.Writer, s *outcome.Study) error {
	var text strings.Builder
	text.WriteString(wrapped(s.Answer) + "\n")
	if s.Partial {
		text.WriteString(wrapped(fmt.Sprintf("PARTIAL (%s): %d of %d replications.", s.Why, s.Replications, s.Planned)) + "\n")
	}
	w := s.Workload
	fmt.Fprintf(&text, "\n%s: %s users, %s, tokens of %s; %d replications, seed %d\n\n", w.Name, simulation.Count(w.Users),
		simulation.Duration(w.Span), simulation.Duration(w.Lifetime), s.Replications, s.Seed)
	if len(s.Strategies) > 0 {
		table(&text, s)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func table(text *strings.Builder, s *outcome.Study) {
	t := tabwriter.NewWriter(text, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "strategy\tusable\t±\tp95\tthieves\tleaks/M\toverbl/M\theld\tstore/s\t")
	for _, o := range s.Strategies {
		held, asked := "-", "-"
		if o.List.What != "" {
			held, asked = simulation.Bytes(o.List.Bytes.Mean), simulation.Count(o.Store.ReadsPeak.Mean+o.Store.WritesPeak.Mean)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.3g%%\t%s\t%s\t%s\t%s\t\n", runewidth.Truncate(o.Label, 17, "…"),
			simulation.Duration(o.Exposure.Mean.Mean), half(o.Exposure.Mean), simulation.Duration(o.Exposure.P95), 100*o.Success.Mean,
			simulation.Count(o.Leaks.Mean), simulation.Count(o.OverBlocks.Mean), held, asked)
	}
	_ = t.Flush() // to memory
	text.WriteString("\nusable: how long a stolen token works after its logout, on average; thieves: the\n" +
		"share that gets in; leaks, overbl: in a million calls; held, store: at the peak\n")
}

// half is half the width of an interval.
func half(i outcome.Interval) string {
	if !i.Valid() {
		return "?"
	}
	return simulation.Duration((i.Hi - i.Lo) / 2)
}

// wrapped breaks a text into lines of the screen's width.
func wrapped(text string) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && runewidth.StringWidth(line)+1+runewidth.StringWidth(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return strings.Join(append(lines, line), "\n")
}
