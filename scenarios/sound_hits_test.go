package scenarios_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// lateHits is a counter of calls that shows, at any time, those that came by
// some earlier one. With refused it counts calls that are refused as well.
type lateHits struct {
	shows   func(now time.Time) time.Time
	refused bool
}

func (l lateHits) before(next http.Handler, _ scenarios.Powers) http.Handler {
	var mu sync.Mutex
	var came []time.Time
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		if strings.HasPrefix(r.URL.Path, "/api/") && (l.refused || answer.Code == http.StatusOK) {
			came = append(came, now)
		}
		if r.URL.Path != "/backend/hits" {
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
			return
		}
		shown := 0
		for _, at := range came {
			if !at.After(l.shows(now)) {
				shown++
			}
		}
		_, _ = fmt.Fprintf(w, `{"hits":%d}`, shown)
	})
}

func ago(d time.Duration) func(time.Time) time.Time {
	return func(now time.Time) time.Time { return now.Add(-d) }
}

func flushed(every time.Duration) func(time.Time) time.Time {
	return func(now time.Time) time.Time { return now.Truncate(every) }
}

// TestAHitCounterMayLag, and hides no call that reached the backend.
func TestAHitCounterMayLag(t *testing.T) {
	t.Parallel()
	for name, shows := range map[string]func(time.Time) time.Time{
		"not at all": ago(0), "by 4 ms": ago(4 * time.Millisecond), "by 120 ms": ago(120 * time.Millisecond), "until a flush": flushed(20 * time.Millisecond),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mustPass(t, sound{front: lateHits{shows: shows}.before}.inProcess(t), "replay/no-side-effect")
			leaky := sound{front: lateHits{shows: shows, refused: true}.before}
			const more = "logout: {path: /logout}\nhits: {url: /backend/hits}\n"
			mustPass(t, sound{front: lateHits{shows: shows}.before}.served(t, more), "replay/no-side-effect")
			mustEnd(t, leaky.served(t, more), "replay/no-side-effect", report.Fail, "the backend was reached")
		})
	}
	stuck := sound{front: lateHits{shows: ago(time.Hour)}.before}
	mustEnd(t, stuck.inProcess(t), "replay/no-side-effect", report.Inconclusive, "the hit counter did not move")
}
