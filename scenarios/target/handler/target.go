// Package handler makes a target of a Go http.Handler, so that a gateway's own
// go test can run the suite: see package scenarios/conformance. Each scenario
// gets a fresh gateway, served on loopback, because much of what matters
// (connections, paths, header lines) does not exist between functions. A handler
// that panics is noted, with its stack. It is public and stable.
package handler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Gateway is one running gateway, made for one scenario.
type Gateway struct {
	// Replicas are the gateway's handlers; most gateways have one.
	Replicas []http.Handler
	// Backend is what the gateway protects, if scenarios may call it around
	// the gateway; nil otherwise.
	Backend http.Handler
	// NewReplica makes one more replica; nil if that cannot be done.
	NewReplica func() (http.Handler, error)
	// Powers over the gateway: its clock, its store, its issuer. Those about
	// replicas are filled in by NewReplica.
	Powers scenarios.Powers
	// Close ends the gateway; nil if there is nothing to end.
	Close func() error
}

// Target makes a gateway for each scenario.
type Target struct {
	// Declares says how the gateway is used; its endpoints are filled in.
	Declares scenarios.Contract
	// About identifies the gateway in reports; the contract's name if empty.
	About report.Subject
	// Start makes a gateway. It is called once for each scenario. A gateway
	// that is not as Has, HasBackend and ReplicaCount say is an error.
	Start func() (Gateway, error)
	// Has says which powers a gateway will have. Only whether a function is
	// set is looked at.
	Has scenarios.Powers
	// Server makes the server for a handler; a plain one for HTTP/1.1 and
	// cleartext HTTP/2 if nil.
	Server func(http.Handler) *http.Server
	// HasBackend says that a gateway comes with its backend.
	HasBackend bool
	// ReplicaCount is how many replicas Start makes; 1 if 0.
	ReplicaCount int
}

var _ scenarios.Target = (*Target)(nil)

// Subject identifies the target in reports.
func (t *Target) Subject() report.Subject {
	s := t.About
	if s.Name == "" {
		s.Name = t.Declares.Name
	}
	if s.Kind == "" {
		s.Kind = "handler"
	}
	return s
}

// Contract is what the target declares, with a placeholder for each endpoint
// that Open fills in.
func (t *Target) Contract() scenarios.Contract {
	c := t.Declares
	c.Endpoints = nil
	for i := range max(t.ReplicaCount, 1) {
		c.Endpoints = append(c.Endpoints, fmt.Sprintf("http://replica-%d.invalid", i+1))
	}
	if t.HasBackend {
		c.Backend = "http://backend.invalid"
	}
	return c
}

// Powers says which powers an instance will have.
func (t *Target) Powers() scenarios.Powers { return t.Has }

// Shared is false: each scenario has a gateway of its own.
func (t *Target) Shared() bool { return false }

// Open starts a gateway and serves it on loopback.
func (t *Target) Open(context.Context) (*scenarios.Instance, error) {
	g, err := t.Start()
	if err != nil {
		return nil, err
	}
	l := &listeners{server: t.Server}
	instance := &scenarios.Instance{
		Powers: g.Powers, Panics: l.panics.list,
		Close: func() error { return errors.Join(l.close(), closeGateway(g)) },
	}
	for _, h := range g.Replicas {
		url, err := l.serve(h)
		if err != nil {
			return nil, errors.Join(err, instance.Close())
		}
		instance.Endpoints = append(instance.Endpoints, url)
	}
	if g.Backend != nil {
		if instance.Backend, err = l.serve(g.Backend); err != nil {
			return nil, errors.Join(err, instance.Close())
		}
	}
	if g.NewReplica != nil {
		instance.Powers.AddReplica = func() (string, error) { return l.grow(g.NewReplica) }
	}
	if err := t.keeps(instance); err != nil {
		return nil, errors.Join(err, instance.Close())
	}
	return instance, nil
}

// keeps compares a gateway with what the target says of all of them: scenarios
// are chosen by that.
func (t *Target) keeps(i *scenarios.Instance) error {
	if want, got := max(t.ReplicaCount, 1), len(i.Endpoints); got != want {
		return fmt.Errorf("handler.Target: Start made %d replicas, and ReplicaCount says %d", got, want)
	}
	if (i.Backend != "") != t.HasBackend {
		return fmt.Errorf("handler.Target: HasBackend is %t, and the Backend of the gateway that Start made says otherwise", t.HasBackend)
	}
	if lacking := i.Powers.Lacking(t.Has); len(lacking) > 0 {
		return fmt.Errorf("handler.Target: Has promises %v, and the gateway that Start made does not have it", lacking)
	}
	return nil
}

func closeGateway(g Gateway) error {
	if g.Close == nil {
		return nil
	}
	return g.Close()
}

func plainServer(h http.Handler) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{Handler: h, Protocols: protocols, ReadHeaderTimeout: 10 * time.Second}
}
