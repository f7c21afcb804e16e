package handler

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

// listeners serves handlers on loopback until closed.
type listeners struct {
	server  func(http.Handler) *http.Server
	panics  panics
	mu      sync.Mutex
	running []*http.Server
	done    sync.WaitGroup
}

// serve gives the base URL under which the handler can be called.
func (l *listeners) serve(h http.Handler) (string, error) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	s := l.newServer(l.panics.watch(h))
	l.mu.Lock()
	l.running = append(l.running, s)
	l.mu.Unlock()
	l.done.Go(func() { _ = s.Serve(at) })
	return "http://" + at.Addr().String(), nil
}

func (l *listeners) newServer(h http.Handler) *http.Server {
	make := l.server
	if make == nil {
		make = plainServer
	}
	s := make(h)
	if s.ErrorLog == nil {
		// Hostile requests are the suite's business; what the server says of
		// them would drown its report.
		s.ErrorLog = log.New(io.Discard, "", 0)
	}
	return s
}

func (l *listeners) grow(make func() (http.Handler, error)) (string, error) {
	h, err := make()
	if err != nil {
		return "", err
	}
	return l.serve(h)
}

func (l *listeners) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var errs []error
	for _, s := range l.running {
		errs = append(errs, s.Close())
	}
	l.done.Wait()
	return errors.Join(errs...)
}
