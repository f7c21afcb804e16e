package sides

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/peers"
	"github.com/revocheck/revocheck/loadgen"
)

// Beside compares a deny-list in memory (proxy nil) or a proxy of another maker
// with the bare proxy. All have one backend and, so that each may read the
// others' tokens, one secret.
func Beside(ctx context.Context, start Launch, proxy *peers.Proxy, o Options) (*Pairing, error) {
	p := &Pairing{Shared: true}
	b := &beside{pairing: p, start: start, options: o, secret: rand.Text() + rand.Text()}
	if err := b.compare(ctx, proxy); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

type beside struct {
	pairing         *Pairing
	start           Launch
	options         Options
	secret          string
	backend, minter *Running
}

func (b *beside) compare(ctx context.Context, proxy *peers.Proxy) (err error) {
	if b.backend, err = b.launch(ctx, Config{Strategy: service}); err != nil {
		return err
	}
	denylist := Config{Strategy: "denylist", Store: "memory", Alg: "HS256", Key: []byte(b.secret), Backend: b.backend.Endpoints[0]}
	if b.minter, err = b.launch(ctx, denylist); err != nil {
		return err
	}
	if err := b.measured(ctx, proxy); err != nil {
		return err
	}
	for _, into := range []**loadgen.Side{&b.pairing.Baseline, &b.pairing.Control} {
		bare, err := b.launch(ctx, Config{Strategy: Bare, Backend: b.backend.Endpoints[0]})
		if err != nil {
			return err
		}
		side := b.side(Bare)
		if err := side.issue(ctx); err != nil {
			return err
		}
		side.running.Endpoints = bare.Endpoints
		*into = side.loaded()
	}
	return nil
}

func (b *beside) launch(ctx context.Context, c Config) (*Running, error) {
	r, err := b.start(ctx, c)
	if err == nil {
		b.pairing.closes = append(b.pairing.closes, r.Close)
	}
	return r, err
}

// measured makes the subject.
func (b *beside) measured(ctx context.Context, proxy *peers.Proxy) (err error) {
	p := b.pairing
	if proxy == nil {
		p.Subject, p.BytesEach, err = Reference(ctx, "denylist", b.minter, b.options)
		return err
	}
	side := b.side(proxy.Name)
	if err := side.issue(ctx); err != nil {
		return err
	}
	revoked, err := jtis(side.pools[loadgen.Revoked])
	if err != nil {
		return err
	}
	for range b.options.Population {
		revoked = append(revoked, rand.Text())
	}
	running, err := proxy.Start(ctx, peers.Setup{
		Backend: strings.TrimPrefix(b.backend.Endpoints[0], "http://"), Secret: b.secret, Revoked: revoked,
	})
	if err != nil {
		return err
	}
	p.closes = append(p.closes, running.Close)
	side.running.Endpoints = []string{running.URL}
	p.Subject = side.loaded()
	return nil
}

// side has its tokens minted by the deny-list; where it calls is set later.
func (b *beside) side(what string) *referenceSide {
	return &referenceSide{what: what, running: &Running{Address: Address{Control: b.minter.Control}}, options: b.options, seen: newFresh()}
}

func (g *referenceSide) loaded() *loadgen.Side {
	return &loadgen.Side{Name: g.what, NewRequest: g.newRequest, Expect: g.expect, Prepare: g.prepare}
}

// jtis reads the jti of tokens of our own.
func jtis(tokens []string) ([]string, error) {
	all := make([]string, len(tokens))
	for i, raw := range tokens {
		var claims struct{ JTI string }
		_, rest, _ := strings.Cut(raw, ".")
		payload, _, _ := strings.Cut(rest, ".")
		text, err := base64.RawURLEncoding.DecodeString(payload)
		if err == nil {
			err = json.Unmarshal(text, &claims)
		}
		if err != nil || claims.JTI == "" {
			return nil, fmt.Errorf("a token that was minted has no jti to put into a map: %v", err)
		}
		all[i] = claims.JTI
	}
	return all, nil
}
