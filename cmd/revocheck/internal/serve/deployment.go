package serve

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/apim"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// deployment is what serve serves.
type deployment struct {
	replicas []http.Handler
	contract scenarios.Contract
	close    func() error
}

func (f *Command) deploy(cmd *cobra.Command) (deployment, error) {
	emulated, err := f.apim.Asked(cmd, f.config.Strategy)
	if err != nil {
		return deployment{}, err
	}
	if emulated {
		return f.deployAPIM(cmd)
	}
	if err := subject.Replicas("replicas", f.replicas); err != nil {
		return deployment{}, err
	}
	if f.accessLog {
		f.config.LogWriter = cmd.ErrOrStderr()
	}
	if err := f.readKey(); err != nil {
		return deployment{}, err
	}
	own, err := f.startStore(cmd.Context())
	if err != nil {
		return deployment{}, err
	}
	d, err := reference.Start(f.config, f.replicas)
	if err != nil {
		return deployment{}, errors.Join(exit.NotStarted(err), own.Close())
	}
	end := func() error { return errors.Join(d.Close(), own.Close()) }
	return deployment{d.Replicas(), referenceContract(d.Config()), end}, nil
}

// startStore starts the Redis that --store asks for, and has the configuration
// use it; nil if it asks for none.
func (f *Command) startStore(ctx context.Context) (*stores.Redis, error) {
	store, err := stores.Read(f.config.Store, redisserver.Always)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	at, own, err := store.Open(ctx)
	f.config.Store = at
	return own, err
}

// apimServeFlags are those that mean something for an emulated service.
var apimServeFlags = append([]string{"strategy", "policy", "alg", "variant", "addr", "target-file", "tls", "tls-cert", "tls-key", "client-ca"}, subject.APIMFlags...)

func (f *Command) deployAPIM(cmd *cobra.Command) (deployment, error) {
	var wrong string
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if wrong == "" && !slices.Contains(apimServeFlags, flag.Name) {
			wrong = flag.Name
		}
	})
	if why := subject.NotForAPIM[wrong]; why != "" {
		return deployment{}, exit.Usage("--%s has no meaning for %s: %s", wrong, apim.Strategy.Name, why)
	}
	if wrong != "" {
		return deployment{}, exit.Usage("--%s has no meaning for %s; these have: --%s", wrong, apim.Strategy.Name, strings.Join(apimServeFlags, ", --"))
	}
	o, err := f.apim.Options(f.config)
	if err != nil {
		return deployment{}, exit.Usage("%w", err)
	}
	d, err := apim.Deploy(o)
	if err != nil {
		return deployment{}, exit.Usage("%w", err)
	}
	return deployment{d.Regions(), d.Contract(), d.Close}, nil
}

// referenceContract is what can be seen of the gateway over the network.
func referenceContract(cfg reference.Config) scenarios.Contract {
	c := inprocess.Contract(cfg)
	c.Survives, c.Limits = nil, scenarios.Limits{}
	if cfg.IgnoreExpiresIn {
		c.Login.LifetimeField, c.Login.MinLifetime, c.Login.MaxLifetime = "", 0, 0
	}
	if cfg.BackendURL != "" {
		c.Hits = nil
	}
	return c
}
