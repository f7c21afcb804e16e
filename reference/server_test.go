package reference

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestServerSpeaksBothVersions(t *testing.T) {
	g := newRig(t, Config{})
	url := serve(t, g.Replicas()[0])
	raw := g.login("alice")
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

func TestServerBoundsHeaders(t *testing.T) {
	g := newRig(t, Config{})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, serve(t, g.Replicas()[0])+"/api/hello", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Padding", strings.Repeat("x", 1<<20))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	g.want("a header of 1 MiB", answer.StatusCode, http.StatusRequestHeaderFieldsTooLarge)
}

func TestServerHasTimeouts(t *testing.T) {
	s := Server(http.NotFoundHandler())
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
	s := Server(h)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		_ = s.Shutdown(context.Background())
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("Serve: %v", err)
		}
	})
	return "http://" + l.Addr().String()
}
