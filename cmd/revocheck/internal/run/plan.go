package run

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/scenarios"
)

// plan prints what would be sent, and how much of it: for each scenario, and
// in sum.
func (f *Command) plan(cmd *cobra.Command) error {
	target, all, err := f.open(cmd.Context(), cmd)
	if err != nil {
		return err
	}
	list, err := scenarios.DryRun(target, all, f.options)
	if err != nil {
		return exit.Usage("%w", err)
	}
	var text bytes.Buffer
	sum := cost{}
	before := scenarios.PreflightPlan(target, f.options.Profile)
	writeTitle(&text, "before any scenario", before, &sum)
	WriteSteps(&text, scenarios.Outline{Requests: before})
	for _, o := range list {
		writeTitle(&text, o.Scenario.ID+": "+o.Scenario.Title, o.Requests, &sum)
		WriteSteps(&text, o)
		sum.add(o.Tokens)
	}
	fmt.Fprintf(&text, "%s: %s; nothing was sent\n", plural(len(list), "scenario"), sum)
	for _, line := range sum.remarks(target.Contract()) {
		fmt.Fprintln(&text, line)
	}
	_, err = text.WriteTo(cmd.OutOrStdout())
	return results.Shown(err)
}

// writeTitle writes what comes before the steps: what they are for, and what
// they cost.
func writeTitle(out io.Writer, title string, list []scenarios.Planned, sum *cost) {
	own := cost{}
	for _, r := range list {
		own.count(r)
		sum.count(r)
	}
	fmt.Fprintf(out, "%s (%s)\n", title, own)
}

// WriteSteps writes what a scenario would send, and why it would not run if it
// would not.
func WriteSteps(out io.Writer, o scenarios.Outline) {
	for _, r := range o.Requests {
		times := ""
		if r.Count > 1 {
			times = fmt.Sprintf(" (%d times)", r.Count)
		}
		fmt.Fprintf(out, "    %s%s\n", withoutTokens(r.What), times)
	}
	if o.NotRun != "" {
		fmt.Fprintf(out, "    would not run: %s\n", o.NotRun)
	}
}

// signed is what a secret scanner takes for a token, be it one that only a plan
// has minted.
var signed = regexp.MustCompile(`eyJ[A-Za-z0-9_=.%+/-]+`)

func withoutTokens(text string) string { return signed.ReplaceAllString(text, "TOKEN") }

// cost is what a plan asks of others.
type cost struct {
	calls, tokens int
	given         map[string]int
}

func (c *cost) count(r scenarios.Planned) {
	switch r.To {
	case scenarios.Gateway:
		c.calls += r.Count
	case scenarios.TokenSource:
		c.tokens += r.Count
	}
}

func (c *cost) add(given map[string]int) {
	if c.given == nil {
		c.given = map[string]int{}
	}
	for user, n := range given {
		c.given[user] += n
	}
}

// String is "12 calls" or "12 calls of the gateway and 3 requests for tokens".
func (c cost) String() string {
	if c.tokens == 0 {
		return plural(c.calls, "call")
	}
	return plural(c.calls, "call") + " of the gateway and " + plural(c.tokens, "request") + " for tokens"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// remarks say how long the calls take at the declared rate, and how many
// tokens have to be given.
func (c cost) remarks(contract scenarios.Contract) []string {
	var lines []string
	if rate := contract.Limits.Rate; rate > 0 {
		least := time.Duration(float64(c.calls+c.tokens) / rate * float64(time.Second))
		lines = append(lines, fmt.Sprintf("at limits.rate %g a second they take at least %s", rate, least.Round(time.Second)))
	}
	var given []string
	for _, user := range slices.Sorted(maps.Keys(c.given)) {
		given = append(given, fmt.Sprintf("%d of user %q", c.given[user], user))
	}
	if len(given) > 0 {
		lines = append(lines, "tokens to be given for all of it: "+strings.Join(given, ", ")+"; one more for each other spelling of a token that turns out to be accepted")
	}
	return lines
}
