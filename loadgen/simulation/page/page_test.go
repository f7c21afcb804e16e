package page_test

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/loadgen/simulation/internal/example"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/page"
)

var update = flag.Bool("update", false, "write the golden file")

func written(t *testing.T, s *outcome.Study) string {
	t.Helper()
	var out bytes.Buffer
	if err := page.Write(&out, s); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestThePageAsItIs(t *testing.T) {
	const golden = "testdata/study.html"
	got := written(t, example.Study())
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page differs from %s; look at it, then run go test -update", golden)
	}
}

func TestThePageNeedsNothingElse(t *testing.T) {
	got := written(t, example.Study())
	for _, bad := range []string{"<script", "src=", "@import", "url("} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if links := regexp.MustCompile(`https?://[^"<]+`).FindAllString(strings.ReplaceAll(got, "http://www.w3.org/2000/svg", ""), -1); links != nil {
		t.Errorf("the page names %q", links)
	}
}

func TestWhatIsNotKnownIsNotDrawn(t *testing.T) {
	for name, s := range map[string]*outcome.Study{"nothing": {}, "a strategy without results": {Strategies: []outcome.Strategy{{Label: "denylist"}}}} {
		got := written(t, s)
		for _, bad := range []string{"NaN", "Inf", "%!"} {
			if strings.Contains(got, bad) {
				t.Errorf("%s: the page holds %q", name, bad)
			}
		}
	}
}

func TestNamesAreText(t *testing.T) {
	s := example.Study()
	s.Workload.Name, s.Answer, s.Strategies[0].Label = "<b>n", "<b>a", "<b>l"
	if got := written(t, s); strings.Contains(got, "<b>") {
		t.Error("a name became an element")
	}
}

func TestAStudyThatWasEndedEarlySaysSo(t *testing.T) {
	s := example.Study()
	s.Partial, s.Why, s.Replications = true, "interrupted", 3
	if got := written(t, s); !strings.Contains(got, "ended early (interrupted): 3 of 30") {
		t.Error("the page does not say that the study is partial")
	}
}
