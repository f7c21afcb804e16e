package bench

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/sides"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	"github.com/revocheck/revocheck/scenarios"
)

// pairing starts or opens what is compared.
func (f *Flags) pairing(ctx context.Context, cmd *cobra.Command) (*sides.Pairing, error) {
	if f.target != "" {
		return f.remotes(ctx, cmd)
	}
	c, own, err := f.openStore(ctx)
	if err != nil {
		return nil, err
	}
	p, err := sides.References(ctx, f.launcher(), c.Strategy, f.against, c, f.tokens)
	if err != nil {
		return nil, errors.Join(err, own.Close())
	}
	p.AfterClose(own.Close)
	return p, nil
}

// openStore gives the configuration of the measured gateway over the store
// that was asked for, which is started if need be. Policies need none.
func (f *Flags) openStore(ctx context.Context) (sides.Config, *stores.Redis, error) {
	c := f.subject()
	if sides.Policies(c.Strategy) {
		return c, nil, nil
	}
	store, err := readStore(c.Store)
	if err != nil {
		return c, nil, err
	}
	at, own, err := store.Open(ctx)
	c.Store, c.Throwaway = at, own != nil
	return c, own, err
}

// readStore reads a --store. A Redis that is started keeps nothing on disk
// unless it is asked to: its disk is not what is measured.
func readStore(text string) (stores.Store, error) {
	s, err := stores.Read(text, redisserver.None)
	if err != nil {
		return s, exit.Usage("%w", err)
	}
	return s, nil
}

// policyAlg signs the tokens of a service whose policies take no shared
// secret, unless another algorithm is asked for.
const policyAlg = "ES256"

// subject is the configuration of the gateway that is measured.
func (f *Flags) subject() sides.Config {
	c := f.gateway
	if sides.Policies(c.Strategy) {
		c.Store, c.Alg = policyStore, orText(c.Alg, policyAlg)
	}
	c.Alg = orText(c.Alg, "HS256")
	return c
}

// GatewayCommand leads this program to Gateway.
var GatewayCommand = []string{"bench", "gateway"}

func (f *Flags) launcher() sides.Launch {
	if f.inProcess {
		return sides.InProcess
	}
	return sides.ChildCommand(GatewayCommand...)
}

func (f *Flags) remotes(ctx context.Context, cmd *cobra.Command) (*sides.Pairing, error) {
	measured, err := subject.Load(ctx, f.target)
	if err != nil {
		return nil, err
	}
	against, other, err := f.remoteBaseline(ctx, measured)
	if err != nil {
		return nil, err
	}
	o := f.tokens
	if !cmd.Flags().Changed("tokens") {
		o.Tokens = 100 // each is a login at somebody's gateway
	}
	p, err := sides.Remotes(ctx, measured, against, other, o)
	switch {
	case err == nil:
		return p, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, exit.RunError(err)
}

// remoteBaseline reads --against for a target: a way of calling it, or the
// file of another one.
func (f *Flags) remoteBaseline(ctx context.Context, measured scenarios.Target) (string, scenarios.Target, error) {
	switch f.against {
	case "":
		if len(measured.Contract().OpenRoutes) > 0 {
			return sides.WithNone, nil, nil
		}
		return sides.WithLive, nil, nil
	case sides.WithNone, sides.WithLive:
		return f.against, nil, nil
	}
	other, err := subject.Load(ctx, f.against)
	if err != nil {
		return "", nil, exit.Usage("--against %s: it is neither open nor live, and as a target file: %w", f.against, err)
	}
	return sides.WithMix, other, nil
}
