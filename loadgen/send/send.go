package send

import (
	"context"
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// Bounds limit one attack.
type Bounds struct {
	Timeout     time.Duration // of one answer
	MaxInFlight int           // calls that may wait for an answer at once
}

// All sends a call for each step of the pace and hands over every result, even
// when the context ends in between. It returns the first error of each, after
// which the sending stops.
func All(ctx context.Context, c *Caller, pace vegeta.Pacer, b Bounds, each func(*vegeta.Result) error) error {
	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: c, Timeout: b.Timeout, CheckRedirect: KeepRedirect}),
		vegeta.MaxBody(0), vegeta.Workers(4), vegeta.MaxWorkers(uint64(b.MaxInFlight)))
	stop := context.AfterFunc(ctx, func() { attacker.Stop() })
	defer stop()
	var failed error
	for res := range attacker.Attack(numbered, pace, 0, "") {
		if failed != nil {
			continue // vegeta's workers wait until the channel is read to its end
		}
		if failed = each(res); failed != nil {
			attacker.Stop()
		}
	}
	return failed
}

// placeholder is the address of every request until the caller exchanges it
// for the call of the request's number.
const placeholder = "http://numbered.invalid/"

func numbered(t *vegeta.Target) error {
	t.Method, t.URL = http.MethodGet, placeholder
	return nil
}

// KeepRedirect has a client return a redirect as the answer that it is.
func KeepRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
