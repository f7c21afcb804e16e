package probe

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/measure"
	"github.com/revocheck/revocheck/scenarios/preflight"
)

// finding is all that a probe found out.
type finding struct {
	Target    scenarios.Target
	Facts     preflight.Observations
	Measured  []measure.Result
	Standings []scenarios.Standing
	Runs, Of  int
}

// write shows the finding to a person and, where it was asked for, writes it
// as JSON. What goes to standard output as JSON is alone there.
func (f *Command) write(cmd *cobra.Command, found finding, profile scenarios.Profile) error {
	err := f.files.Write("json", func(w io.Writer) error { return writeJSON(w, found) })
	screen := cmd.OutOrStdout()
	if f.files.OnStdout() {
		screen = cmd.ErrOrStderr()
	}
	shown := errors.Join(writeFacts(screen, found), writeMeasured(screen, found.Measured), writeStandings(screen, found, profile))
	return errors.Join(err, results.Shown(shown))
}

func writeMeasured(out io.Writer, list []measure.Result) error {
	if len(list) == 0 {
		return nil
	}
	text := "\nMeasured\n"
	for _, m := range list {
		text += fmt.Sprintf("  %s (%s): %s\n      %s\n", m.Name, m.Grade, m.Finding, m.Means)
	}
	_, err := io.WriteString(out, text)
	return err
}

// probed is the JSON of a finding. Times are in seconds.
type probed struct {
	Schema       int              `json:"schema"`
	Tool         report.Tool      `json:"tool"`
	Subject      report.Subject   `json:"subject"`
	Algorithm    string           `json:"algorithm"`
	Lifetime     float64          `json:"lifetime_s"`
	Asked        float64          `json:"lifetime_asked_s"`
	Granted      float64          `json:"lifetime_granted_s"`
	Ahead        float64          `json:"clock_ahead_s"`
	Routes       []probedRoute    `json:"routes"`
	Measurements []measure.Result `json:"measurements"`
	Capabilities map[string]bool  `json:"capabilities"`
	Runs         int              `json:"scenarios_that_would_run"`
	Of           int              `json:"scenarios_of_the_profile"`
}

type probedRoute struct {
	Route   string `json:"route"`
	Open    bool   `json:"open"`
	Without int    `json:"status_without_token"`
	With    int    `json:"status_with_token"`
	Problem string `json:"problem,omitempty"`
}

func writeJSON(w io.Writer, found finding) error {
	text, err := json.MarshalIndent(found.json(), "", "  ")
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}

func (found finding) json() probed {
	facts := found.Facts
	p := probed{
		Schema: report.Schema, Tool: scenarios.Tool(), Subject: found.Target.Subject(), Algorithm: facts.Algorithm,
		Lifetime: facts.Lifetime.Seconds(), Asked: facts.Asked.Seconds(), Granted: facts.Granted.Seconds(), Ahead: facts.Ahead.Seconds(),
		Routes: []probedRoute{}, Measurements: found.Measured, Capabilities: map[string]bool{}, Runs: found.Runs, Of: found.Of,
	}
	for _, r := range facts.Routes {
		p.Routes = append(p.Routes, probedRoute{r.Route.String(), r.Open, r.Without, r.With, facts.At(r.Key)})
	}
	for _, s := range found.Standings {
		p.Capabilities[string(s.Capability)] = s.Declared
	}
	return p
}
