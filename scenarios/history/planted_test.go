package history_test

import (
	"sync"
	"testing"

	"github.com/revocheck/revocheck/reference"
)

// outages takes the store away and brings it back as the load goes on, and
// reports whether there is more to send.
func outages(l *load, operations int64) func() bool {
	return outagesOf(l, operations, 300, l.deployment.BreakStore, l.deployment.MendStore)
}

func outagesOf(l *load, operations, every int64, harm, mend func() error) func() bool {
	var mu sync.Mutex
	down := false
	return func() bool {
		mu.Lock()
		defer mu.Unlock()
		n := l.sent.Load()
		if want := n < operations && n/every%2 == 1; want != down {
			down = want
			change := map[bool]func() error{true: harm, false: mend}[want]
			if err := change(); err != nil {
				l.Error(err)
			}
		}
		return n < operations
	}
}

func TestPlantedFaultsAreCaught(t *testing.T) {
	for _, fault := range []string{
		"ack-before-write", "negative-cache", "replica-never-hears", "replica-lags-100ms",
		"fails-open", "falls-back-to-memory", "logout-success-when-down", "logout-lost-every-third",
	} {
		t.Run(fault, func(t *testing.T) {
			l := newLoad(t, reference.Config{Store: "memory", Fault: fault})
			l.caughtIn(5, func(round uint64) {
				l.run(16, round, outages(l, l.sent.Load()+4000))
				l.finish(16)
			})
		})
	}
}

// caughtIn plays rounds, from 1, until the checker finds something: on a busy
// machine one may pass in which a call came too late to meet the fault.
func (l *load) caughtIn(rounds uint64, play func(round uint64)) {
	l.Helper()
	for round := range rounds {
		if play(round + 1); len(l.check().Violations) > 0 {
			break
		}
	}
	l.caught()
}

// caught requires that the checker finds something.
func (l *load) caught() {
	l.Helper()
	r := l.check()
	if len(r.Violations) == 0 {
		l.Fatal("the checker found nothing")
	}
	l.Logf("such as: %s\n%v", r.Violations[0].Why, r.Violations[0].Timeline)
}

func TestHealthyGatewayIsLinearizable(t *testing.T) {
	l := newLoad(t, reference.Config{Store: "memory"})
	l.run(16, 2, outages(l, 4000))
	l.finish(16)
	l.sound()
}

// TestSessionStoreIsLinearizable has no outages: there a login needs the store.
func TestSessionStoreIsLinearizable(t *testing.T) {
	l := newLoad(t, reference.Config{Strategy: "server-store", StoreTimeout: patience})
	l.run(16, 3, func() bool { return l.sent.Load() < 2000 })
	l.finish(16)
	l.sound()
}
