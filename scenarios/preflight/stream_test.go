package preflight_test

import (
	"net/http"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
)

var streams = shop{gateway: gateway.Config{Streams: true}}

// TestAWrongLineOfAStream is named before any scenario, with its place in the file.
func TestAWrongLineOfAStream(t *testing.T) {
	t.Parallel()
	const first = "routes:\n  - {path: /api/events, stream: true}\n"
	for name, c := range map[string]struct {
		shop     shop
		old, new string
		line     int
		key      string
		says     []string
	}{
		"it does not go on":       {streams, "routes:\n", strings.Replace(first, "/api/events", "/api/orders", 1), 8, "routes[0].stream", []string{"does not go on", "leave stream out"}},
		"path":                    {streams, "routes:\n", strings.Replace(first, "/api/events", "/api/event", 1), 8, "routes[0].path", []string{"404"}},
		"method":                  {streams, "routes:\n", strings.Replace(first, "path", "method: PUT, path", 1), 8, "routes[0].method", []string{"405"}},
		"it is open to everybody": {shop{gateway: streams.gateway, instead: openEvents}, "routes:\n", first, 8, "routes[0]", []string{"200 without a token"}},
		"a route after a stream":  {streams, "routes:\n  - {path: /api/hello", first + "  - {path: /api/helo", 9, "routes[1].path", []string{"404"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			names(t, c.shop, strings.Replace(right, c.old, c.new, 1), c.line, c.key, c.says...)
		})
	}
}

// TestARightStreamReachesTheScenarios, also before the other routes.
func TestARightStreamReachesTheScenarios(t *testing.T) {
	t.Parallel()
	file := strings.Replace(right, "routes:\n", "routes:\n  - {path: /api/events, stream: true, stream_window: 1s}\n", 1)
	if _, _, err := play(t, streams, file); err != nil {
		t.Error(err)
	}
}

func openEvents(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	return r.URL.Path == "/api/events" && write(w, "data: 1\n\n")
}
