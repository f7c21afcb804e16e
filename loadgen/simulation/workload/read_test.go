package workload

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAWorkloadIsRead(t *testing.T) {
	w, err := Parse("w.yaml", []byte(`
name: bank
seed: 7
span: 2d
users: {count: 1.5M, logins: 4, session: 5m, day: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}
tokens: {lifetime: 5m}
regions: {count: 3, delay: lognormal 50ms 0.5}
thieves: {share: 0.01, after: [1s, 3s, 2s]}
events:
  - {at: 1h, outage: 10m}
strategies:
  - denylist
  - {name: apim-counter, label: "counter 300 s", period: 300s}
`))
	if err != nil {
		t.Fatal(err)
	}
	if w.Name != "bank" || w.Seed != 7 || w.Span != 48*time.Hour || w.Users.Count != 1.5e6 || w.Users.Calls != 2 || len(w.Users.Day) != 24 {
		t.Errorf("%+v", w)
	}
	if w.Strategies[0].Name != "denylist" || w.Strategies[1].Title() != "counter 300 s" || w.Strategies[1].Period != 300*time.Second {
		t.Errorf("%+v", w.Strategies)
	}
	if s := w.Thieves.After.Seconds(0.25); s != 1.5 {
		t.Errorf("a quarter of what was measured lies below %g s", s)
	}
	if s := w.Regions.Delay.Seconds(0.5); math.Abs(s-0.05) > 1e-9 {
		t.Errorf("the median of the delay is %g s", s)
	}
	if w.Events[0].At != time.Hour || w.Events[0].Outage != 10*time.Minute {
		t.Errorf("%+v", w.Events)
	}
}

// Each of these is refused with its line and a reason.
func TestWhatIsWrongIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"name: a\nusers:\n  cuont: 3\n":                        "w.yaml:3: users.cuont: unknown key; known here are calls, count, day",
		"name: a\nusers: 3\n":                                  "w.yaml:2: users: a list or a mapping is needed here",
		"users:\n  count: many\n":                              `w.yaml:2: users.count: "many" is no number`,
		"users:\n  count: 0\n":                                 "w.yaml:2: users.count: 0 is not between 1 and",
		"users:\n  count: 3\n  count: 4\n":                     "w.yaml:3:",
		"tokens:\n  lifetime: 3\n":                             `w.yaml:2: tokens.lifetime: "3" is no time`,
		"tokens:\n  lifetime: 1500ms\n":                        "w.yaml:2: tokens.lifetime: whole seconds are needed",
		"tokens:\n  lifetime: [1h]\n":                          "w.yaml:2: tokens.lifetime: a single value is needed here, not a list",
		"tokens:\n  renew: never\n":                            `w.yaml:2: tokens.renew: "never" is not one of expiry, call`,
		"regions:\n  delay: gauss 1s 2s\n":                     `w.yaml:2: regions.delay: "gauss 1s 2s" is no distribution`,
		"regions:\n  delay: {mean: 1s}\n":                      "w.yaml:2: regions.delay: a single value is needed here",
		"regions:\n  count: 2.5\n":                             "w.yaml:2: regions.count: a whole number is needed here",
		"events:\n  - at: 1h\n":                                "w.yaml:2: events[0]: one of outage, revoke, restart, forget and fail_over is needed",
		"events:\n  - {at: 30h, outage: 1m}\n":                 "w.yaml:2: events[0].at: 30h0m0s is not between 0s and 24h0m0s",
		"events:\n  - {at: 1h, restart: 2}\n":                  "w.yaml:2: events[0].restart: 2 is not between 0 and 1",
		"events:\n  - {at: 1h, forget: perhaps}\n":             "w.yaml:2: events[0].forget: true or false is needed here",
		"strategies:\n  - denylist\n  - denylist\n":            `w.yaml:3: strategies[1]: two strategies are called "denylist"`,
		"strategies:\n  - {name: apim-counter, period: 10m}\n": "w.yaml:2: strategies[0].period: 10m0s is not between",
		"users:\n  day: [1, 2]\n":                              "w.yaml:2: users.day: 24 weights",
		"users: &a {count: 3}\n":                               "w.yaml:1: users: anchors, aliases and tags are not read",
		"users: {count: 3\n":                                   "w.yaml:1:",
		"":                                                     "w.yaml: it must hold one YAML document, and holds 0",
		"a: 1\n---\nb: 2\n":                                    "it must hold one YAML document, and holds 2",
		strings.Repeat("[", 500):                               "w.yaml:1: it nests too deep",
		"users: {count: 1e12}\n":                               "users.count: 1e+12 is not between 1 and 1e+10",
		"users: {count: 1e9}\n":                                "simulate one in so many with sample: 1000",
		"users: {logins: 40, session: 1h}\n":                   "users.logins: 40 logins a day of 1h0m0s each are more than fit",
		"users: {logins: 1, session: 1m, day: [1]}\n":          "users.day: 24 weights",
		"thieves: {share: 0.1, per_hour: 0.1}\n":               "thieves.per_hour: give share or per_hour",
		"thieves: {every: 1ms}\n":                              "thieves.every: 1ms is not between",
		"name: " + strings.Repeat("x", 300<<10):                "w.yaml: it is longer than",
		"store: {posture: ajar}\n":                             `store.posture: "ajar" is not one of closed, open`,
		"regions: {delay: pareto 0s 1}\n":                      "regions.delay: pareto 0s 1: both numbers are above 0",
		"regions: {delay: uniform 2s 1s}\n":                    "the first of the two is the lower one",
	} {
		_, err := Parse("w.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
		var p Problem
		if err != nil && !errors.As(err, &p) {
			t.Errorf("%.60q: %T is no Problem", text, err)
		}
	}
}

func TestFilesThatAreNone(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadFile(dir); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := ReadFile(filepath.Join(dir, "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("none: %v", err)
	}
}

func TestLaws(t *testing.T) {
	for text, want := range map[string][3]float64{ // quantiles 0, 0.5, 0.9
		"2s": {2, 2, 2}, "constant 2s": {2, 2, 2}, "exponential 1s": {0, math.Ln2, math.Log(10)}, "uniform 1s 3s": {1, 2, 2.8},
		"pareto 1s 2": {1, math.Sqrt2, math.Sqrt(10)}, "lognormal 1s 1": {0, 1, 3.6022},
	} {
		l, err := ParseLaw(text)
		if err != nil {
			t.Fatal(err)
		}
		for i, u := range []float64{0, 0.5, 0.9} {
			if got := l.Seconds(u); math.Abs(got-want[i]) > 1e-3 {
				t.Errorf("%s: quantile %g is %g, want %g", text, u, got, want[i])
			}
		}
		if back, err := ParseLaw(l.String()); err != nil || back.Seconds(0.3) != l.Seconds(0.3) {
			t.Errorf("%s is written as %s (%v)", text, l, err)
		}
	}
	exponential := Exponential(time.Second)
	if got := exponential.Beyond(2 * time.Second); math.Abs(got-math.Exp(-2)) > 1e-6 {
		t.Errorf("%g lie beyond twice the mean", got)
	}
	if got := Constant(time.Second).Beyond(2 * time.Second); got != 0 {
		t.Errorf("%g of a second lie beyond two", got)
	}
}

// No input panics, or takes long; what is accepted has no problem left.
func FuzzParse(f *testing.F) {
	f.Add("name: a\nusers: {count: 3}\n")
	f.Add("events:\n  - {at: 1h, outage: 1m}\nstrategies: [denylist]\nregions: {delay: exponential 1s}\n")
	f.Add("thieves: {after: [1s, 2s]}\nusers: {day: [1,2]}\n")
	f.Add("? - - -\n: &a *a\n")
	f.Add("users: !!map {<<: {count: 3}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		w, err := Parse("w.yaml", []byte(text))
		if err == nil && len(w.Problems()) > 0 {
			t.Errorf("accepted with problems: %v", w.Problems())
		}
		if err == nil {
			for _, u := range []float64{0, 0.5, 0.999999} {
				if s := w.Regions.Delay.Seconds(u); math.IsNaN(s) || s < 0 || s > longest {
					t.Errorf("a delay of %g s", s)
				}
			}
		}
	})
}

func FuzzParseLaw(f *testing.F) {
	for _, text := range []string{"1s", "exponential 2s", "pareto 1s 3", "lognormal 1s 9", "uniform 1s 2d"} {
		f.Add(text, 0.5)
	}
	f.Fuzz(func(t *testing.T, text string, u float64) {
		l, err := ParseLaw(text)
		if err != nil || !(u >= 0 && u < 1) {
			return
		}
		if s := l.Seconds(u); math.IsNaN(s) || s < 0 || s > longest {
			t.Errorf("%s: quantile %g is %g", text, u, s)
		}
	})
}
