package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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

func (f *serveFlags) deploy(cmd *cobra.Command) (deployment, error) {
	emulated, err := f.apim.asked(cmd, f.config.Strategy)
	if err != nil {
		return deployment{}, err
	}
	if emulated {
		return f.deployAPIM(cmd)
	}
	if f.accessLog {
		f.config.LogWriter = cmd.ErrOrStderr()
	}
	own, err := f.startStore(cmd.Context())
	if err != nil {
		return deployment{}, err
	}
	d, err := reference.Start(f.config, f.replicas)
	if err != nil {
		return deployment{}, errors.Join(notStarted(err), own.close())
	}
	end := func() error { return errors.Join(d.Close(), own.close()) }
	return deployment{d.Replicas(), referenceContract(d.Config()), end}, nil
}

// startStore starts the Redis that --store asks for, and has the configuration
// use it; nil if it asks for none.
func (f *serveFlags) startStore(ctx context.Context) (*ownStore, error) {
	options, own, err := readOwnStore(f.config.Store)
	if err != nil {
		return nil, usage("%w", err)
	}
	if !own {
		return nil, nil
	}
	store, err := startOwnStore(ctx, options)
	if err == nil {
		f.config.Store = store.URL()
	}
	return store, err
}

// apimServeFlags are those that mean something for an emulated service.
var apimServeFlags = append([]string{"strategy", "policy", "alg", "addr", "target-file", "tls", "tls-cert", "tls-key"}, apimOnlyFlags...)

func (f *serveFlags) deployAPIM(cmd *cobra.Command) (deployment, error) {
	var wrong string
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if wrong == "" && !slices.Contains(apimServeFlags, flag.Name) {
			wrong = flag.Name
		}
	})
	if why := notForAPIM[wrong]; why != "" {
		return deployment{}, usage("--%s has no meaning for %s: %s", wrong, apim.Strategy.Name, why)
	}
	if wrong != "" {
		return deployment{}, usage("--%s has no meaning for %s; these have: --%s", wrong, apim.Strategy.Name, strings.Join(apimServeFlags, ", --"))
	}
	o, err := f.apim.options()
	if err != nil {
		return deployment{}, usage("%w", err)
	}
	o.Alg = f.config.Alg
	d, err := apim.Deploy(o)
	if err != nil {
		return deployment{}, usage("%w", err)
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
