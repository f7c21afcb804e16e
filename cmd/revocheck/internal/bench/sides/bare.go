package sides

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/revocheck/revocheck/reference"
)

// What is started beside the gateways that are compared with other proxies.
const (
	Bare    = "bare"    // a reverse proxy in Go that looks at nothing
	service = "service" // the backend of them all
)

func startBare(c Config) (*site, error) {
	s := &site{
		replicas: []http.Handler{http.HandlerFunc(serveOne)}, now: time.Now, close: func() error { return nil },
		mint: func(_, _ map[string]any) (string, error) { return "", errors.New(c.Strategy + " has no tokens") },
	}
	if c.Strategy == Bare {
		backend, err := url.Parse(c.Backend)
		if err != nil || backend.Host == "" {
			return nil, fmt.Errorf("the bare proxy needs the URL of a backend, not %q", c.Backend)
		}
		s.replicas[0] = reference.BareProxy(backend)
	}
	return s, nil
}

func serveOne(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, "ok\n")
}
