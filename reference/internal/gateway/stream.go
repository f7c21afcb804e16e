package gateway

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// StreamPath is where the stream is.
const StreamPath = "/api/events"

// streamEvery is the time between two events, by the machine's clock: a stream does
// not wait for the clock of the deployment.
const streamEvery = 40 * time.Millisecond

// serveStream sends one server-sent event after the other for as long as the token
// is alive.
func (p *Process) serveStream(w http.ResponseWriter, r *http.Request) {
	c, err := p.Admit(r)
	p.metrics.countCall(err)
	if err != nil {
		p.Refuse(w, r, err)
		return
	}
	out := http.NewResponseController(w)
	_ = out.SetReadDeadline(time.Time{}) // a recorder has none
	_ = out.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	_ = out.Flush()
	p.stream(r.Context(), c, func(text string, flush bool) {
		_, _ = fmt.Fprint(w, text)
		if flush {
			_ = out.Flush()
		}
	})
}

// stream sends events until the token is dead, and then, if the configuration has
// it, comments.
func (p *Process) stream(ctx context.Context, c *Call, send func(text string, flush bool)) {
	alive := p.Watch(c)
	tick := time.NewTicker(streamEvery)
	defer tick.Stop()
	batch := max(1, p.Config.StreamBatch)
	for n, ended := 1, 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if ended == 0 && alive(ctx) == nil {
			send(fmt.Sprintf("id: %d\ndata: {\"n\":%d,\"sub\":%q}\n\n", n, n, c.Token.Subject), n%batch == 0)
			continue
		}
		if ended++; ended > p.Config.StreamComments {
			send("event: end\ndata: the session has ended\n\n", true)
			return
		}
		send(": nothing more\n\n", true)
	}
}

// WatchToken is how a stream learns, before each event, what has become of its
// token: it asks as often as the declared window wants.
func (p *Process) WatchToken(c *Call) func(context.Context) error {
	last := time.Now()
	return func(ctx context.Context) error {
		if p.ended(c) {
			return ErrInvalid
		}
		if time.Since(last) < p.Config.StreamWindow {
			return nil
		}
		last = time.Now()
		return p.Check(ctx, c)
	}
}
