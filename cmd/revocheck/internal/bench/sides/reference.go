package sides

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/peers"
	"github.com/revocheck/revocheck/loadgen"
)

// The baselines that are no strategy.
const (
	None   = "none"   // the open route: no token is read
	Verify = "verify" // the token is verified, and looked up nowhere
)

// Options say how many tokens a side calls with.
type Options struct {
	Tokens int // live ones, issued before the run
	Users  int // who hold them
	// Population is how many revoked tokens are in the store beforehand.
	Population int
}

// Reference makes a side of a running reference gateway. What names the
// strategy, None or Verify. The second value is the memory of one preloaded
// revocation in bytes, 0 if that is not known.
func Reference(ctx context.Context, what string, r *Running, o Options) (*loadgen.Side, float64, error) {
	g := &referenceSide{what: what, running: r, options: o, seen: newFresh()}
	side := &loadgen.Side{Name: what, NewRequest: g.newRequest, Expect: g.expect, Prepare: g.prepare, Refuses: refuses(what)}
	if what == None {
		return side, 0, nil
	}
	side.NewLogout = g.newLogout
	each, err := g.preload(ctx)
	if err == nil {
		err = g.issue(ctx)
	}
	if err == nil {
		err = g.endRevoked(ctx)
	}
	return side, each, err
}

// ConfigOf returns the configuration of the gateway behind a side.
func ConfigOf(what string, c Config) Config {
	subject := c.Strategy
	c.Strategy = what
	switch {
	case what != None && what != Verify:
	case Policies(subject):
		c.Strategy = counterBaseline // so that the counter alone is the difference
	default:
		c.Strategy, c.Store = "client-side", "memory"
	}
	return c
}

type referenceSide struct {
	what    string
	running *Running
	options Options
	pools   [3][]string // by class, but for never-seen
	seen    *fresh
}

// issue has the pools minted.
func (g *referenceSide) issue(ctx context.Context) error {
	few := max(1, g.options.Tokens/10)
	sizes := [3]int{loadgen.Live: max(1, g.options.Tokens), loadgen.Revoked: few, loadgen.Expired: few}
	for class, n := range sizes {
		tokens, err := g.mint(ctx, loadgen.Class(class), 0, n)
		if err != nil {
			return err
		}
		g.pools[class] = tokens
	}
	return nil
}

// endRevoked logs the tokens of the revoked pool out.
func (g *referenceSide) endRevoked(ctx context.Context) error {
	ended := g.pools[loadgen.Revoked]
	return eachOf(ctx, len(ended), func(ctx context.Context, i int) error { return g.end(ctx, ended[i]) })
}

// end logs a token out before the run.
func (g *referenceSide) end(ctx context.Context, raw string) error {
	req, err := g.request(ctx, http.MethodPost, "/logout", raw, 0)
	if err != nil {
		return err
	}
	status, err := exchange(req)
	if err == nil && status/100 != 2 {
		err = fmt.Errorf("a logout before the run was answered %d", status)
	}
	return err
}

func (g *referenceSide) mint(ctx context.Context, c loadgen.Class, first uint64, n int) (tokens []string, err error) {
	order := mintOrder{Class: c, First: first, Count: n, Users: uint64(max(1, g.options.Users))}
	return tokens, g.order(ctx, "/tokens", order, &tokens)
}

func (g *referenceSide) preload(ctx context.Context) (float64, error) {
	var out preloadAnswer
	err := g.order(ctx, "/preload", mintOrder{Count: g.options.Population}, &out)
	return out.BytesEach, err
}

// order has the gateway's control do something.
func (g *referenceSide) order(ctx context.Context, path string, o mintOrder, into any) error {
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.running.Control+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the control of gateway %s gave no answer", g.what) // its URL is a secret
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return fmt.Errorf("gateway %s: %s", g.what, strings.TrimSpace(string(why)))
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// refuses says which statuses refuse a token; nil is loadgen's default. A
// counter refuses a dead token as it does a caller who is too fast.
func refuses(what string) func(int) bool {
	if what != Counter {
		return nil
	}
	return func(status int) bool {
		return status == http.StatusUnauthorized || status == http.StatusTooManyRequests
	}
}

// expect says what a gateway that revokes nothing does.
func (g *referenceSide) expect(c loadgen.Class) loadgen.Expectation {
	switch {
	case g.what == None, g.what == Bare, g.what == peers.Nginx.Name:
		return loadgen.WantAccept
	case c == loadgen.Revoked && (g.what == Verify || g.what == "client-side" || g.what == "short-expiry"):
		return loadgen.WantAccept
	}
	return loadgen.ByClass
}
