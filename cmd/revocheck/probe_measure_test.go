package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
)

// servedGateway is the reference gateway at a URL, with the user of
// targetFile.
func servedGateway(t *testing.T, strategy string) string {
	t.Helper()
	d, err := reference.Start(reference.Config{Strategy: strategy, Users: map[string]string{"alice": "a-secret-password"}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(d.Replicas()[0])
	t.Cleanup(func() { s.Close(); _ = d.Close() })
	return s.URL
}

func TestProbeMeasures(t *testing.T) {
	t.Parallel()
	file := targetFile(t, servedGateway(t, "denylist"), "")
	code, out, err := command(t.Context(), "probe", "--target", file, "--max-wait", "1s")
	for _, says := range []string{"threshold (holds): one logout ends a token", "block-duration (holds)", "spellings (holds)", "regions (unknown): there is one endpoint", "clock (holds)"} {
		if code != 0 || !strings.Contains(out, says) {
			t.Errorf("exit %d, %s; want ...%s... in\n%s", code, err, says, out)
		}
	}
	if strings.Contains(out, "a-secret") || strings.Contains(out, "eyJ") {
		t.Errorf("a secret is in %s", out)
	}
}

func TestProbeSaysWhatDoesNotHold(t *testing.T) {
	t.Parallel()
	code, out, _ := command(t.Context(), "probe", "--target", targetFile(t, servedGateway(t, "client-side"), ""), "--max-wait", "10s")
	if code != 0 || !strings.Contains(out, "threshold (gap): 3 logouts of a token do not end it") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestQuickProbeLogsNobodyOut(t *testing.T) {
	t.Parallel()
	code, out, _ := command(t.Context(), "probe", "--quick", "--target", targetFile(t, servedGateway(t, "denylist"), ""))
	if code != 0 || strings.Contains(out, "Measured") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestProbeAsJSON(t *testing.T) {
	t.Parallel()
	target, to := targetFile(t, servedGateway(t, "denylist"), ""), filepath.Join(t.TempDir(), "probe.json")
	code, stdout, _ := command(t.Context(), "probe", "--target", target, "--max-wait", "1s", "--json", "-")
	if code != 0 {
		t.Fatalf("exit %d", code)
	}
	if code, _, err := command(t.Context(), "probe", "--target", target, "--max-wait", "1s", "--json", to); code != 0 {
		t.Fatal(err)
	}
	written, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{stdout, string(written)} {
		var p struct {
			Schema    int
			Algorithm string
			Routes    []struct {
				With int `json:"status_with_token"`
			}
			Measurements []struct{ Name string }
			Runs         int `json:"scenarios_that_would_run"`
		}
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		if p.Schema == 0 || len(p.Measurements) != 6 || len(p.Routes) != 1 || p.Routes[0].With != 200 || p.Runs == 0 || p.Algorithm != "HS256" {
			t.Errorf("%+v", p)
		}
		if strings.Contains(text, "a-secret") {
			t.Error("a secret is in the JSON")
		}
	}
}

func TestAProbeThatCannotWriteSendsNothing(t *testing.T) {
	t.Parallel()
	code, _, err := command(t.Context(), "probe", "--target", targetFile(t, nobody, ""), "--json", filepath.Join(t.TempDir(), "none", "probe.json"))
	if code != exit.CodeUsage || !strings.Contains(err, "cannot be written") {
		t.Errorf("exit %d, %s", code, err)
	}
}
