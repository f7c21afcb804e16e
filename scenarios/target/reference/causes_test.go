package reference_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// causesFile has a paragraph for each fault: its name, and a line for each cause
// that the scenarios meant for it find, the headline first.
const causesFile = "matrix/causes.txt"

// faultCauses are the paragraphs of causesFile by fault.
type faultCauses struct {
	mu sync.Mutex
	of map[string]string
}

// goldenCauses reads the file, and with -update writes it when the test has ended: the
// faults that were not played keep what they have.
func goldenCauses(t *testing.T) *faultCauses {
	t.Helper()
	raw, err := os.ReadFile(causesFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	g := &faultCauses{of: map[string]string{}}
	for paragraph := range strings.SplitSeq(string(raw), "\n\n") {
		fault, causes, _ := strings.Cut(strings.TrimSuffix(paragraph, "\n"), "\n")
		g.of[fault] = causes
	}
	if *update {
		t.Cleanup(func() { g.write(t) })
	}
	return g
}

// raced are faults beside those of the group concurrency at which who comes first, or
// a busy machine, decides in which of its calls a dead token is seen: the file has the
// headline's observable alone.
var raced = []string{
	"stale-fill", "replica-lags-100ms", "lags-past-window", "grace-begins-anew", "logout-holds-up-others", "truncated-signature-accepted",
	"stream-checked-when-opened", "stream-ended-by-own-replica", "stream-asks-once-a-minute", "stream-asks-late", "logout-ends-all-streams",
	"stream-resumed-unchecked", "refresh-checks-then-issues", "late-refresh-is-theft",
}

func isRaced(fault string) bool {
	return slices.Contains(raced, fault) || slices.ContainsFunc(gateway.Faults(), func(f gateway.Info) bool { return f.Name == fault && f.Group == "concurrency" })
}

// measured is a time that another run measures anew.
var measured = regexp.MustCompile(`[0-9][0-9hms.]*( s| hours| days)? after its logout`)

// compare holds the causes of a fault against the file, or notes them for it.
func (g *faultCauses) compare(t *testing.T, fault string, causes []report.Cause) {
	t.Helper()
	var lines []string
	for _, c := range causes {
		lines = append(lines, "  "+string(c.Observable)+": "+measured.ReplaceAllString(c.Title, "some time after its logout"))
	}
	got := strings.Join(lines, "\n")
	if isRaced(fault) && len(causes) > 0 {
		got = "  " + string(causes[0].Observable)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if want := g.of[fault]; got != want && !*update {
		t.Errorf("its causes are\n%s\n%s has\n%s\nread whether the new headline names the fault; if it does, write it with -update", got, causesFile, want)
	}
	g.of[fault] = got
}

func (g *faultCauses) write(t *testing.T) {
	var all []string
	for _, f := range gateway.Faults() {
		all = append(all, f.Name+"\n"+g.of[f.Name])
	}
	if err := os.WriteFile(causesFile, []byte(strings.Join(all, "\n\n")+"\n"), 0o644); err != nil {
		t.Error(err)
	}
}
