package conformance_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/conformance"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// plant names the environment variable that says what is wrong with the shop of
// TestPlanted.
const plant = "CONFORMANCE_PLANT"

// TestPlanted is a gateway's own test, with a gateway that may be wrong. Other
// tests run it in a process of its own, and read what it says.
func TestPlanted(t *testing.T) {
	fault := os.Getenv(plant)
	if fault == "" {
		t.Skip("other tests run it")
	}
	var started atomic.Int64
	start := func() (handler.Gateway, error) {
		g, err := newShop()
		g.Replicas[0] = faulty(g.Replicas[0], fault, started.Add(1))
		return g, err
	}
	conformance.Test(t, &handler.Target{Declares: shopContract(), Start: start}, scenarios.Options{}, conformance.Scripts(t, "testdata/*.txt")...)
	t.Logf("gateways started: %d", started.Load())
}

// faulty is the shop with something wrong at the login or the logout. The first shop is the
// one that is looked at before the first scenario.
func faulty(shop http.Handler, fault string, number int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		logout := r.Method == http.MethodDelete
		switch {
		case logout && fault == "leaks":
			w.WriteHeader(http.StatusNoContent)
		case logout && fault == "panics" && number > 1, r.Method == http.MethodPost && fault == "panics at once":
			forget(nil)
		default:
			shop.ServeHTTP(w, r)
		}
	})
}

func forget(baskets map[string]bool) { baskets["ann"] = false }

// planted runs TestPlanted and gives what it printed.
func planted(t *testing.T, fault, run string, flags ...string) (out string, passed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], append(flags, "-test.v", "-test.run", run)...)
	cmd.Env = append(os.Environ(), plant+"="+fault)
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

// callersLine is where TestPlanted calls the package.
func callersLine(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("planted_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(source), "\n") {
		if strings.HasPrefix(line, "\tconformance.Test(") {
			return fmt.Sprintf("planted_test.go:%d: ", i+1)
		}
	}
	t.Fatal("TestPlanted does not call conformance.Test")
	return ""
}

func TestWhatAGatewaysOwnTestSays(t *testing.T) {
	t.Parallel()
	at := callersLine(t)
	for name, c := range map[string]struct {
		fault, run string
		flags      []string
		passes     bool
		says       []string
	}{
		"a subtest plays its scenario alone": {
			fault: "none", run: "TestPlanted/lifecycle/logout-ends-token$", passes: true,
			says: []string{"--- PASS: TestPlanted/lifecycle/logout-ends-token", "gateways started: 2\n"},
		},
		"a failure names its cause at the caller's line": {
			fault: "leaks", run: "TestPlanted/lifecycle/logout-ends-token$",
			says: []string{
				at + "what is wrong, worst first:", at + "fail: ", "cause:       A logged-out token is still accepted",
				"--- FAIL: TestPlanted/lifecycle/logout-ends-token",
			},
		},
		"one that broke where another did points to it": {
			fault: "leaks", run: "TestPlanted/(lifecycle|replay)/(logout-ends-token|after-logout)$",
			says: []string{"--- FAIL: TestPlanted/replay/after-logout", "first seen by lifecycle/logout-ends-token", "its own requirement was not reached"},
		},
		"what was seen before the first scenario counts": {
			fault: "leaks", run: "TestPlanted/lifecycle/login-issues-token$",
			says: []string{"--- PASS: TestPlanted/lifecycle/login-issues-token", at + "fail: before the first scenario", "gateways started: 2\n"},
		},
		"a script passes": {
			fault: "none", run: "TestPlanted/shop", passes: true,
			says: []string{"--- PASS: TestPlanted/shop/basket-after-logout", "gateways started: 2\n"},
		},
		"a script fails at its line": {
			fault: "leaks", run: "TestPlanted/shop",
			says: []string{"--- FAIL: TestPlanted/shop/basket-after-logout", "testdata/basket.txt:11: call T refused"},
		},
		"a panic is called one": {
			fault: "panics", run: "TestPlanted/lifecycle/logout-ends-token$",
			says: []string{
				at + "inconclusive: the gateway's handler panicked at DELETE /session: assignment to entry in nil map", "conformance_test.forget(",
			},
		},
		"a panic before the first scenario": {
			fault: "panics at once", run: "TestPlanted/lifecycle/logout-ends-token$",
			says: []string{at + "the gateway's handler panicked at POST /session: assignment to entry in nil map", "conformance_test.forget("},
		},
		"short": {
			fault: "none", run: "TestPlanted/retention/past-60s$", flags: []string{"-test.short"}, passes: true,
			says: []string{"--- SKIP: TestPlanted/retention/past-60s", at + "not run with -short: it has to wait", at + "-short left out 1 scenario"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, passed := planted(t, c.fault, c.run, c.flags...)
			if passed != c.passes {
				t.Errorf("passed: %t", passed)
			}
			for _, want := range c.says {
				if !strings.Contains(out, want) {
					t.Errorf("it does not say %q", want)
				}
			}
			if secret := regexp.MustCompile(`eyJ[\w-]+\.`).FindString(out); secret != "" {
				t.Errorf("it shows a token")
			}
			if t.Failed() {
				t.Log(out)
			}
		})
	}
}
