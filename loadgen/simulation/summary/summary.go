// Package summary writes what a simulation found as Markdown, for a pull
// request or a design note.
package summary

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

// Write writes the study as Markdown.
func Write(w io.Writer, s *outcome.Study) error {
	p := bufio.NewWriter(w) // keeps the first error until Flush
	fmt.Fprintf(p, "# Which revocation strategy for %s?\n\n**%s**\n\n", text(s.Workload.Name), text(s.Answer))
	if s.Partial {
		fmt.Fprintf(p, "> Ended early (%s): %d of %d replications.\n\n", text(s.Why), s.Replications, s.Planned)
	}
	fmt.Fprintf(p, "%s users, %d region(s), tokens of %s, %s of virtual time, %d replications, seed %d; 95 %% intervals in brackets.\n\n",
		words.Count(s.Workload.Users), s.Workload.Regions, words.Seconds(s.Workload.Lifetime), words.Seconds(s.Workload.Span), s.Replications, s.Seed)
	exposures(p, s)
	capacity(p, s)
	sensitivity(p, s)
	list(p, "Ran as in the gateway", s.OwnCode)
	list(p, "Modelled", s.Modelled)
	return p.Flush()
}

func exposures(p io.Writer, s *outcome.Study) {
	fmt.Fprint(p, "| strategy | stolen tokens that work after the logout | for how long, on average | 95 % of them at most | thefts that succeed | live calls refused, in a million | logouts refused |\n|---|---|---|---|---|---|---|\n")
	for _, st := range s.Strategies {
		e := st.Exposure
		fmt.Fprintf(p, "| %s | %s | %s | %s | %s | %s | %s |\n", text(st.Label), words.Percent(1-e.Zero.Mean), words.Interval(e.Mean, words.Seconds), words.Seconds(e.P95),
			words.AtMost(st.Success.Interval, st.Success.Most, words.Percent), words.AtMost(st.OverBlocks.Interval, st.OverBlocks.Most, words.Count),
			words.AtMost(st.RefusedLogouts.Interval, st.RefusedLogouts.Most, words.Percent))
	}
}

func capacity(p io.Writer, s *outcome.Study) {
	fmt.Fprint(p, "\n## Capacity at the peak\n\n| strategy | keeps | entries | bytes | reads a second | writes a second | between regions, a second |\n|---|---|---|---|---|---|---|\n")
	for _, st := range s.Strategies {
		kept, entries, size := "nothing", "", ""
		if st.List.What != "" {
			kept, entries, size = st.List.What, words.Interval(st.List.Peak, words.Count), words.Interval(st.List.Bytes, words.Bytes)
		}
		fmt.Fprintf(p, "| %s | %s | %s | %s | %s | %s | %s |\n", text(st.Label), text(kept), entries, size, words.Interval(st.Store.ReadsPeak, words.Count),
			words.Interval(st.Store.WritesPeak, words.Count), words.Interval(st.Store.Bandwidth, words.Bytes))
	}
}

// sensitivity names the range of each setting, what moves the exposure most
// first.
func sensitivity(p io.Writer, s *outcome.Study) {
	if len(s.Sensitivity) == 0 {
		return
	}
	fmt.Fprint(p, "\n## What moves the exposure\n\n| strategy | setting | mean time that a stolen token works |\n|---|---|---|\n")
	for _, row := range s.Sensitivity {
		var trials []string
		for _, t := range row.Trials {
			trials = append(trials, fmt.Sprintf("%s: %s", text(t.Text), words.Seconds(t.Exposure.Mean)))
		}
		fmt.Fprintf(p, "| %s | %s | %s |\n", text(row.Label), text(row.Setting), strings.Join(trials, ", "))
	}
}

func list(p io.Writer, heading string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(p, "\n## %s\n\n", heading)
	for _, item := range items {
		fmt.Fprintf(p, "- %s\n", text(item))
	}
}

// plain keeps what Markdown or HTML would take for its own.
var plain = strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "\n", " ")

func text(s string) string { return plain.Replace(s) }
