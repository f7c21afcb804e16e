package simulate

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"github.com/mattn/go-runewidth"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
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
	fmt.Fprintf(&text, "\n%s: %s users, %s, tokens of %s; %d replications, seed %d\n\n", w.Name, words.Count(w.Users),
		words.Seconds(w.Span), words.Seconds(w.Lifetime), s.Replications, s.Seed)
	if len(s.Strategies) > 0 {
		table(&text, s)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func table(text *strings.Builder, s *outcome.Study) {
	t := tabwriter.NewWriter(text, 0, 0, 1, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "strategy\tworks\t±\t95%\tthieves\tleaks/M\twrong/M\theld\task/s\t")
	for _, o := range s.Strategies {
		held, asked := "-", "-"
		if o.List.What != "" {
			held, asked = tight(words.Bytes(o.List.Bytes.Mean)), words.Count(o.Store.ReadsPeak.Mean+o.Store.WritesPeak.Mean)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", runewidth.FillRight(runewidth.Truncate(o.Label, 22, "…"), 14),
			short(o.Exposure.Mean.Mean), half(o.Exposure.Mean), short(o.Exposure.P95), tight(words.Percent(o.Success.Mean)),
			words.Count(math.Round(o.Leaks.Mean)), words.Count(math.Round(o.OverBlocks.Mean)), held, asked)
	}
	_ = t.Flush() // to memory
	text.WriteString("\nworks: how long a stolen token does after its logout, on average; thieves: those\n" +
		"who get in; leaks, wrong: calls let in after a logout, live tokens refused, in a\nmillion calls; held, ask: bytes kept and look-ups and writes, at the peak\n")
}

// short is a time in the unit that reads best.
func short(seconds float64) string {
	for _, u := range []struct {
		name string
		size float64
	}{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}} {
		if seconds >= 0.9995*u.size {
			return fmt.Sprintf("%.3g%s", seconds/u.size, u.name)
		}
	}
	return fmt.Sprintf("%.3gms", seconds*1000)
}

func tight(text string) string { return strings.ReplaceAll(text, " ", "") }

// half is half the width of an interval.
func half(i outcome.Interval) string {
	if !i.Valid() {
		return "?"
	}
	return short((i.Hi - i.Lo) / 2)
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
