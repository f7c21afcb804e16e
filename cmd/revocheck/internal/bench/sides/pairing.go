package sides

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/scenarios"
)

// Pairing is what a bench compares, and what has to be closed after it.
type Pairing struct {
	loadgen.Sides
	// BytesEach is the memory of one preloaded revocation; 0 if not known.
	BytesEach float64
	// Shared means that gateway and generator run on one machine.
	Shared bool
	closes []func() error
}

// AfterClose has something ended after the gateways that use it.
func (p *Pairing) AfterClose(end func() error) { p.closes = append([]func() error{end}, p.closes...) }

// Close ends the gateways, last first.
func (p *Pairing) Close() error {
	var errs []error
	for i := len(p.closes) - 1; i >= 0; i-- {
		errs = append(errs, p.closes[i]())
	}
	p.closes = nil
	return errors.Join(errs...)
}

// References starts three reference gateways: the baseline, the subject, and
// another baseline as the control.
func References(ctx context.Context, start Launch, subject, baseline string, c Config, o Options) (*Pairing, error) {
	p, sound := &Pairing{Shared: true}, c
	sound.Fault, sound.Delay = "", 0 // what is planted is the subject's alone
	for _, side := range []struct {
		what string
		with Config
		into **loadgen.Side
	}{{baseline, sound, &p.Baseline}, {subject, c, &p.Subject}, {baseline, sound, &p.Control}} {
		if err := p.add(ctx, start, side.what, side.with, o, side.into); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return p, nil
}

func (p *Pairing) add(ctx context.Context, start Launch, what string, c Config, o Options, into **loadgen.Side) error {
	running, err := start(ctx, ConfigOf(what, c))
	if err != nil {
		return err
	}
	p.closes = append(p.closes, running.Close)
	if what == None || what == Verify {
		o.Population = 0 // nothing would ever look it up
	}
	side, each, err := Reference(ctx, what, running, o)
	if err != nil {
		return fmt.Errorf("getting %s ready: %w", what, err)
	}
	*into, p.BytesEach = side, max(p.BytesEach, each)
	return nil
}

// Remotes compares two ways of calling one target or, with a second target,
// the same mix on both.
func Remotes(ctx context.Context, subject scenarios.Target, against string, other scenarios.Target, o Options) (*Pairing, error) {
	p := &Pairing{}
	first, err := p.open(ctx, subject, o)
	if err != nil {
		return nil, err
	}
	second, how, baseline := first, subjectWay(against), against
	if other != nil {
		baseline = WithMix
		if second, err = p.open(ctx, other, o); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	var errs [3]error
	p.Subject, errs[0] = first.Side(how)
	p.Baseline, errs[1] = second.Side(baseline)
	p.Control, errs[2] = second.Side(baseline)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// subjectWay is how the subject is called: revoked tokens against live ones,
// and else the plan's mix, of which the good tokens are compared and all are
// judged.
func subjectWay(against string) string {
	if against == WithLive {
		return WithRevoked
	}
	return WithMix
}

func (p *Pairing) open(ctx context.Context, t scenarios.Target, o Options) (*Remote, error) {
	r, err := OpenRemote(ctx, t, o)
	if err != nil {
		return nil, err
	}
	p.closes = append(p.closes, r.Close)
	for _, endpoint := range r.Endpoints() {
		p.Shared = p.Shared || isLoopback(endpoint)
	}
	return r, nil
}

func isLoopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}
