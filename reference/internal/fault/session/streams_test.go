package session_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var openStreams = map[string]trial.Sound{
	"stream-checked-when-opened":  endsWithToken(0),
	"stream-ended-by-own-replica": endsWithToken(1),
	"stream-asks-once-a-minute":   endsWithToken(0),
	"logout-ends-all-streams": func(g *trial.Gateway) bool {
		_, next := open(g, 0, g.Login("alice"))
		next()
		g.Dead("alice")
		return goesOn(next, manyEvents)
	},
	"stream-resumed-unchecked": func(g *trial.Gateway) bool {
		status, _ := open(g, 0, g.Dead("alice"), trial.Header("Last-Event-ID", "1"))
		return status == 401
	},
	"stream-asks-late": func(g *trial.Gateway) bool {
		status, _ := open(g, 0, g.Dead("alice"))
		return status == 401
	},
}

// manyEvents take longer than any window of these tests.
const manyEvents = 12

func endsWithToken(replica int) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		_, next := open(g, replica, raw)
		next()
		g.MustLogout(raw)
		return !goesOn(next, manyEvents)
	}
}

func goesOn(next func() bool, events int) bool {
	for range events {
		if !next() {
			return false
		}
	}
	return true
}

// open opens a stream, and gives what waits for its next event; false at its end.
func open(g *trial.Gateway, replica int, raw string, edits ...trial.Edit) (status int, next func() bool) {
	g.T.Helper()
	server := httptest.NewServer(g.Replicas()[replica])
	g.T.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	g.T.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+gateway.StreamPath, nil)
	g.Must(err)
	for _, e := range append(edits, trial.Bearing(raw)) {
		e(r)
	}
	res, err := http.DefaultClient.Do(r)
	g.Must(err)
	g.T.Cleanup(func() { _ = res.Body.Close() })
	lines := bufio.NewScanner(res.Body)
	return res.StatusCode, func() bool {
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "data: {") {
				return true
			}
		}
		return false
	}
}
