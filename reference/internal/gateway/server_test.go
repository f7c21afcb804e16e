package gateway_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestServerSpeaksBothVersions(t *testing.T) {
	g := trial.New(t, reference.Config{})
	url := serve(t, g.Replicas()[0])
	raw := g.Login("alice")
	for want, protocols := range map[int]*http.Protocols{1: onlyProtocol(1), 2: onlyProtocol(2)} {
		client := &http.Client{Transport: &http.Transport{Protocols: protocols}}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/hello", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+raw)
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK || answer.ProtoMajor != want {
			t.Errorf("HTTP/%d: %d over %s", want, answer.StatusCode, answer.Proto)
		}
		client.CloseIdleConnections()
	}
}

// TestServerBoundsHeaders goes through a pipe, which loses no answer: TCP may,
// where a server closes before it has read all.
func TestServerBoundsHeaders(t *testing.T) {
	g := trial.New(t, reference.Config{})
	here, there := net.Pipe()
	defer here.Close()
	l := one{make(chan net.Conn, 1)}
	l.conn <- there
	serveAt(t, l, g.Replicas()[0])
	go func() {
		_, _ = io.WriteString(here, "GET /api/hello HTTP/1.1\r\nHost: gateway\r\nX-Padding: "+strings.Repeat("x", 1<<20)+"\r\n\r\n")
	}()
	answer, err := http.ReadResponse(bufio.NewReader(here), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	g.Want("a header of 1 MiB", answer.StatusCode, http.StatusRequestHeaderFieldsTooLarge)
}

// one is a listener for one connection.
type one struct{ conn chan net.Conn }

func (o one) Accept() (net.Conn, error) {
	if c, open := <-o.conn; open {
		return c, nil
	}
	return nil, net.ErrClosed
}

func (o one) Close() error { close(o.conn); return nil }

func (o one) Addr() net.Addr { return &net.UnixAddr{} }

func TestServerHasTimeouts(t *testing.T) {
	s := reference.Server(http.NotFoundHandler())
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 {
		t.Errorf("a slow client can hold a connection for ever: %+v", s)
	}
}

func onlyProtocol(major int) *http.Protocols {
	p := new(http.Protocols)
	p.SetHTTP1(major == 1)
	p.SetUnencryptedHTTP2(major == 2)
	return p
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serveAt(t, l, h)
	return "http://" + l.Addr().String()
}

func serveAt(t *testing.T, l net.Listener, h http.Handler) {
	t.Helper()
	s := reference.Server(h)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		_ = s.Shutdown(context.Background())
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("Serve: %v", err)
		}
	})
}
