package reference_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
	"github.com/revocheck/revocheck/scenarios/target/reference"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

// overTCP names the variable that has the sessions played over TCP, by the clock of
// the machine.
const overTCP = "REVOCHECK_SESSIONS_OVER_TCP"

// TestSessionFaultsOverTCP plays each fault of the group session as a target file
// describes it: what can be seen without a clock to move must fail.
func TestSessionFaultsOverTCP(t *testing.T) {
	if os.Getenv(overTCP) == "" {
		t.Skip("make sessions plays faults and sound variants of the group session over TCP")
	}
	for _, line := range readMatrix(t) {
		meant := slices.DeleteFunc(slices.Clone(line.Meant), func(id string) bool { return !strings.HasPrefix(id, "session/") })
		if len(meant) == 0 {
			continue
		}
		t.Run(line.Fault, func(t *testing.T) {
			t.Parallel()
			var run report.Run
			found := func(id string) bool { return slices.Contains(failures(run), id) }
			// A machine that is busy may be too late for a fault of a second or two: then
			// it is played again, twice at most.
			for range 3 {
				run = playOverTCP(t, gateway.Config{Store: "memory", Fault: line.Fault}, meant...)
				if slices.ContainsFunc(meant, found) {
					return
				}
			}
			for _, r := range run.Records {
				t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
			}
		})
	}
}

// TestSessionVariantsOverTCP plays the group against each sound gateway that offers
// anything of it.
func TestSessionVariantsOverTCP(t *testing.T) {
	if os.Getenv(overTCP) == "" {
		t.Skip("make sessions plays faults and sound variants of the group session over TCP")
	}
	for _, v := range gateway.Variants() {
		cfg := gateway.Config{Store: "memory"}
		v.Apply(&cfg)
		if !cfg.Sessions.Refresh && !cfg.Introspection && !cfg.Streams {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			for _, r := range playOverTCP(t, cfg, "session/*").Records {
				if r.Verdict != report.Pass && (r.Verdict != report.NotRun || r.Undeclared == "") {
					t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
				}
			}
		})
	}
}

// playOverTCP plays scenarios against two replicas that a target file describes.
func playOverTCP(t *testing.T, cfg gateway.Config, only ...string) report.Run {
	t.Helper()
	d, err := gateway.Start(cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	c := reference.Contract(d.Config())
	for _, h := range d.Replicas() {
		c.Endpoints = append(c.Endpoints, serveTCP(t, h))
	}
	content, err := targetfile.Write(c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := remote.Load(file, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all(t), scenarios.Options{Profile: scenarios.Wire, Only: only})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func serveTCP(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}
