package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
)

// lockedBuffer is written to by the display's own goroutine.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func TestProgressPlainWritesALineAScenario(t *testing.T) {
	var out bytes.Buffer
	p := NewProgress(&out, false, true, 2)
	p.Start("a/one")
	p.Wait("a/one", 61*time.Second)
	p.Done(report.Record{ID: "a/one", Verdict: report.Pass, Duration: report.Duration(61200 * time.Millisecond)})
	p.Start("a/two")
	p.Done(report.Record{ID: "a/two", Verdict: report.Fail, Why: "answered \x1b[2J200", Duration: report.Duration(12 * time.Millisecond)})
	p.Close()
	p.Close()
	const want = "a/one: waits for up to 1m1s\n" +
		"[1/2] pass a/one (1m1s)\n" +
		"[2/2] fail a/two (12 ms): answered \\x1b[2J200\n"
	if out.String() != want {
		t.Errorf("got:\n%swant:\n%s", out.String(), want)
	}
}

func TestProgressStatus(t *testing.T) {
	p := NewProgress(&bytes.Buffer{}, false, true, 9)
	now := time.Unix(1000, 0)
	p.now = func() time.Time { return now }
	check := func(want string) {
		t.Helper()
		if got := p.status(); got != want {
			t.Errorf("status = %q, want %q", got, want)
		}
	}
	check("0/9")
	p.Start("a/one")
	p.Start("a/two")
	check("0/9  a/one and 1 more")
	p.Wait("a/one", 61*time.Second)
	now = now.Add(20 * time.Second)
	check("0/9  a/one, waits for up to 41.0 s and 1 more")
	now = now.Add(time.Minute)
	check("0/9  a/one and 1 more")
	p.Done(report.Record{ID: "a/one", Verdict: report.Fail})
	check("1/9, 1 failed  a/two")
}

func TestProgressLive(t *testing.T) {
	var out lockedBuffer
	p := NewProgress(&out, true, true, 3)
	p.Start("a/passes")
	p.Done(report.Record{ID: "a/passes", Verdict: report.Pass})
	p.Done(report.Record{ID: "a/fails\x1b]0;title\a", Verdict: report.Fail, Why: "accepted"})
	p.Done(report.Record{ID: "a/last", Verdict: report.NotRun, Why: "no capability"})
	p.Done(report.Record{ID: "a/beyond-the-total", Verdict: report.Error, Why: "broke"})
	p.Close()
	p.Done(report.Record{ID: "a/late", Verdict: report.Fail})
	text := out.String()
	for _, want := range []string{`fail a/fails\x1b]0;title\a (0 ms): accepted`, "error a/beyond-the-total"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	if last := text[strings.LastIndex(text, "\n")+1:]; last != "\x1b[1A\x1b[J" { // up a line, erase to the end
		t.Errorf("the status is left on the terminal: %q", text)
	}
	for _, bad := range []string{"\x1b]", "\a", "pass a/passes", "a/late"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is in %q", bad, text)
		}
	}
}

func TestProgressIsSafeForConcurrentUse(t *testing.T) {
	for _, live := range []bool{false, true} {
		var out lockedBuffer
		p := NewProgress(&out, live, true, 40)
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				id := fmt.Sprintf("g/%d", i)
				p.Start(id)
				p.Wait(id, time.Second)
				p.Done(report.Record{ID: id, Verdict: report.Fail, Why: "w"})
			})
		}
		wg.Wait()
		p.Close()
		if text := out.String(); strings.Count(text, "] fail g/") != 40 || strings.Index(text, "[39/40]") > strings.Index(text, "[40/40]") {
			t.Errorf("live %v: lines are missing or out of order: %q", live, text)
		}
	}
}

func TestZeroProgressShowsNothing(t *testing.T) {
	var p Progress
	p.Start("a/one")
	p.Wait("a/one", time.Second)
	p.Done(report.Record{ID: "a/one"})
	p.Close()
}

// Where output is piped nothing is written for a scenario unless it is asked
// for; a terminal has its one line.
func TestProgressIsOneLineUnlessVerbose(t *testing.T) {
	for _, live := range []bool{false, true} {
		var out lockedBuffer
		p := NewProgress(&out, live, false, 2)
		p.Start("a/one")
		p.Wait("a/one", time.Minute)
		p.Done(report.Record{ID: "a/one", Verdict: report.Fail, Why: "accepted"})
		p.Close()
		if text := out.String(); strings.Contains(text, "fail a/one") || !live && text != "" {
			t.Errorf("live %v: %q", live, text)
		}
	}
}
