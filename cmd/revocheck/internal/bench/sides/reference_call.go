package sides

import (
	"context"
	"net/http"

	"github.com/revocheck/revocheck/loadgen"
)

func (g *referenceSide) newRequest(ctx context.Context, c loadgen.Call) (*http.Request, error) {
	if g.what == None {
		return g.request(ctx, http.MethodGet, "/public", "", c.Index)
	}
	raw, err := g.token(c)
	if err != nil {
		return nil, err
	}
	return g.request(ctx, http.MethodGet, "/api/hello", raw, c.Index)
}

func (g *referenceSide) token(c loadgen.Call) (string, error) {
	if c.Class == loadgen.NeverSeen || c.Stormed {
		return g.seen.take(c)
	}
	pool := g.pools[c.Class]
	return pool[c.Index%uint64(len(pool))], nil
}

func (g *referenceSide) newLogout(ctx context.Context, n uint64) (*http.Request, error) {
	raw, err := g.seen.take(loadgen.Call{Class: loadgen.Live, Stormed: true, Index: n})
	if err != nil {
		return nil, err
	}
	return g.request(ctx, http.MethodPost, "/logout", raw, n)
}

// request goes to one of the replicas, by its number.
func (g *referenceSide) request(ctx context.Context, method, path, raw string, n uint64) (*http.Request, error) {
	base := g.running.Endpoints[n%uint64(len(g.running.Endpoints))]
	r, err := http.NewRequestWithContext(ctx, method, base+path, nil)
	if err == nil && raw != "" {
		r.Header.Set("Authorization", "Bearer "+raw)
	}
	return r, err
}

// prepare mints the tokens that the next slice is the first to use. Those of
// a storm have users of their own, whom no other call names.
func (g *referenceSide) prepare(ctx context.Context, calls []loadgen.Call) error {
	if g.what == None {
		return nil
	}
	g.seen.forget()
	for _, run := range runs(calls) {
		class := loadgen.NeverSeen
		if run[0].Stormed {
			class = loadgen.Revoked
		}
		tokens, err := g.mint(ctx, class, run[0].Index, len(run))
		if err != nil {
			return err
		}
		for i, c := range run {
			g.seen.put(c, tokens[i])
		}
	}
	return nil
}

// runs cuts calls into those of the storm and the others.
func runs(calls []loadgen.Call) (out [][]loadgen.Call) {
	var stormed, others []loadgen.Call
	for _, c := range calls {
		if c.Stormed {
			stormed = append(stormed, c)
		} else {
			others = append(others, c)
		}
	}
	for _, run := range [][]loadgen.Call{stormed, others} {
		if len(run) > 0 {
			out = append(out, run)
		}
	}
	return out
}
