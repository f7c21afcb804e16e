package loadgen

import (
	"context"
	"net/http"
	"strconv"
	"sync"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/send"
)

// stormRing remembers the tokens that the storm ended last. A call is built
// from it only after the logout was acknowledged, so that a call which is then
// accepted is a leak.
type stormRing struct {
	mu    sync.Mutex
	ended []uint64
	next  int
}

// logoutPrefix marks the faults of a storm among those of the calls.
const logoutPrefix = "logout: "

// ringSize bounds the memory of a storm that lasts.
const ringSize = 1024

func (r *stormRing) push(n uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ended) < ringSize {
		r.ended = append(r.ended, n)
		return
	}
	r.ended[r.next] = n
	r.next = (r.next + 1) % ringSize
}

// replace turns every second call of class Revoked into one for a token that
// the storm has just ended.
func (r *stormRing) replace(c Call) Call {
	if c.Class != Revoked || c.Index%2 == 0 {
		return c
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ended) == 0 {
		return c
	}
	return Call{Class: Revoked, Index: r.ended[c.Index/2%uint64(len(r.ended))], Stormed: true}
}

// stormTokens lists the live tokens that the storm of the next slice ends.
func (l *lane) stormTokens(p Plan, d draws) []Call {
	if p.Storm == 0 || l.side.NewLogout == nil {
		return nil
	}
	calls := make([]Call, pace.Count(pace.Constant(p.Storm), p.Slice))
	for i := range calls {
		calls[i] = Call{Class: Live, Index: d.base + uint64(i), Stormed: true}
	}
	return calls
}

// startStorm sends logouts beside the calls of a slice. The function that it
// returns waits for the end and says what the logouts came to.
func (l *lane) startStorm(ctx context.Context, p Plan, d draws) func() Tally {
	if p.Storm == 0 || l.side.NewLogout == nil {
		return func() Tally { return Tally{} }
	}
	done := make(chan Tally, 1)
	go func() { done <- l.sendLogouts(ctx, p, d) }()
	return func() Tally { return <-done }
}

func (l *lane) sendLogouts(ctx context.Context, p Plan, d draws) Tally {
	schedule := pace.Constant(p.Storm)
	due := pace.New(ctx, schedule, pace.Count(schedule, p.Slice), p.Slice+p.Timeout)
	caller := &send.Caller{Via: l.transport, Build: func(ctx context.Context, seq uint64) (*http.Request, error) {
		return l.side.NewLogout(ctx, d.base+seq)
	}}
	tally := Tally{Faults: map[string]uint64{}}
	// The callback never fails, so that there is no error to pass on.
	_ = send.All(ctx, caller, due, p.bounds(), func(res *vegeta.Result) error {
		if res.Code < 200 || res.Code >= 300 {
			tally.Faults[logoutPrefix+logoutFault(res)]++
			return nil
		}
		tally.Logouts++
		l.storm.push(d.base + res.Seq)
		return nil
	})
	return tally
}

func logoutFault(res *vegeta.Result) string {
	if res.Code != 0 {
		return "status " + strconv.Itoa(int(res.Code))
	}
	return send.FaultKind(res.Error)
}
