package wire

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// together is how much later than the first of them events may arrive that are taken
// to have been sent at once: what a proxy held back comes in several pieces.
const together = 10 * time.Millisecond

// Stream is an answer that goes on, whose events are noted as they arrive. Close
// ends it.
type Stream struct {
	Opened time.Time // when it was asked for
	cancel context.CancelFunc

	mu     sync.Mutex
	bursts []Burst
	ended  time.Time
}

// Burst are events that arrived at once.
type Burst struct {
	At     time.Time
	Events int
}

// Open asks for an answer that goes on. There is no stream where the answer is no
// success; it is then read to its end. The contract's time-out is for its head.
func (n *Network) Open(ctx context.Context, r Request) (*Stream, Answer) {
	if err := n.Wait(ctx); err != nil {
		return nil, Answer{Err: err}
	}
	ctx, cancel := context.WithCancel(ctx)
	req, err := n.Build(ctx, r)
	if err != nil {
		cancel()
		return nil, Answer{Err: err}
	}
	late := time.AfterFunc(n.contract.Limits.Timeout, cancel)
	a := Answer{Sent: time.Now()}
	res, err := n.client(n.laneOf(r)).Do(req)
	a.Received = time.Now()
	if err != nil {
		if !late.Stop() && errors.Is(err, context.Canceled) {
			err = context.DeadlineExceeded
		}
		cancel()
		a.Err = err
		return nil, a
	}
	a.Status, a.Header, a.Proto = res.StatusCode, res.Header, res.Proto
	if !contract.Success(a.Status) {
		defer cancel()
		defer func() { _ = res.Body.Close() }()
		a.Body, _ = io.ReadAll(io.LimitReader(decoded(res), maxAnswer))
		return nil, a
	}
	late.Stop()
	s := &Stream{Opened: a.Sent, cancel: cancel}
	go s.listen(res)
	return s, a
}

func (s *Stream) listen(res *http.Response) {
	defer func() { _ = res.Body.Close() }()
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	heard := events{sse: kind == "text/event-stream"}
	body, buffer := decoded(res), make([]byte, 32<<10)
	for {
		n, err := body.Read(buffer)
		s.note(heard.in(buffer[:n]))
		if err != nil {
			s.mu.Lock()
			s.ended = time.Now()
			s.mu.Unlock()
			return
		}
	}
}

func (s *Stream) note(events int) {
	if events == 0 {
		return
	}
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.bursts) - 1; last >= 0 && now.Sub(s.bursts[last].At) < together {
		s.bursts[last].Events += events
		return
	}
	s.bursts = append(s.bursts, Burst{now, events})
}

// Bursts are those that have arrived.
func (s *Stream) Bursts() []Burst {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.bursts)
}

// Ended is when the answer came to its end; false if it goes on.
func (s *Stream) Ended() (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended, !s.ended.IsZero()
}

// Close ends the stream.
func (s *Stream) Close() { s.cancel() }
