package scenarios_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// balanced is two replicas that take turns behind one endpoint, of which each
// hears of the other's logouts late.
func balanced(t *testing.T, late, declared time.Duration) *handler.Target {
	t.Helper()
	made, err := inprocess.New(reference.Config{Strategy: "denylist", Store: "memory", Propagation: late}, 2)
	if err != nil {
		t.Fatal(err)
	}
	target := &made.Target
	target.Declares.LeakWindow, target.ReplicaCount, target.Has.AddReplica = declared, 1, nil
	start := target.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		g.Replicas, g.NewReplica = []http.Handler{inTurn(g.Replicas)}, nil
		return g, err
	}
	return target
}

func inTurn(replicas []http.Handler) http.Handler {
	var n atomic.Uint64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		replicas[n.Add(1)%uint64(len(replicas))].ServeHTTP(w, r)
	})
}

// One endpoint may stand for replicas that nobody can choose between: the
// window that they declare counts there, and no longer one does.
func TestReplicasBehindOneEndpoint(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		late, declared time.Duration
		want           report.Conclusion
	}{
		"declared":        {40 * time.Millisecond, 150 * time.Millisecond, report.Conformant},
		"not declared":    {40 * time.Millisecond, 0, report.Nonconformant},
		"past its window": {200 * time.Millisecond, 50 * time.Millisecond, report.Nonconformant},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run, err := scenarios.Run(t.Context(), balanced(t, c.late, c.declared), all, scenarios.Options{})
			if err != nil || run.Conclusion != c.want {
				t.Errorf("%s (%s), error %v; want %s", run.Conclusion, run.Why, err, c.want)
			}
		})
	}
}
