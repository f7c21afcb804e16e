// Package subject chooses what a command tests: the gateway of a target file, or
// the reference gateway in process.
package subject

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
	"github.com/revocheck/revocheck/scenarios/target/reference/realredis"
)

// Flags choose the target: a target file, or the reference gateway in
// process.
type Flags struct {
	target   string
	config   reference.Config
	replicas int
	apim     APIM
	own      *stores.Redis // nil unless --store asks for a Redis to start, or one is to be cut off
	Breaks   bool          // something is to happen to the store
	Planned  bool          // nothing is to be started, and nobody reached
}

// inProcessFlags only have a meaning without --target.
var inProcessFlags = append([]string{"strategy", "store", "wait-replicas", "posture", "alg", "fault", "variant", "replicas", "policy"}, APIMFlags...)

// Register defines the flags on a command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.target, "target", "", "target `FILE` of the gateway to test; without it the reference gateway is tested in process")
	f.registerReference(cmd)
}

func (f *Flags) registerReference(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.config.Strategy, "strategy", "denylist", "revocation `strategy` of the reference gateway: "+Names(Strategies()))
	flags.StringVar(&f.config.Store, "store", "miniredis", stores.Usage(" of the reference gateway"))
	flags.IntVar(&f.config.WaitReplicas, "wait-replicas", 0, "Redis replicas that must have a logout before it is acknowledged")
	flags.StringVar(&f.config.Posture, "posture", "", "while the store is away, the reference gateway serves no call (closed) or every call (open), and declares so (default closed)")
	flags.StringVar(&f.config.Alg, "alg", "HS256", "signing `algorithm` of the reference gateway: "+strings.Join(reference.Algorithms(), ", "))
	flags.StringVar(&f.config.Fault, "fault", "", "plant a known `defect` in the reference gateway; revocheck list faults shows them")
	RegisterVariants(cmd, &f.config.Variants)
	flags.IntVar(&f.replicas, "replicas", 2, "replicas of the reference gateway")
	f.apim.Register(cmd)
}

// Reads lists the files that Open will read.
func (f *Flags) Reads() []string {
	var files []string
	if f.target != "" {
		files = append(files, f.target)
	}
	return append(files, f.apim.Reads()...)
}

// Subject names what Open will open.
func (f *Flags) Subject() report.Subject {
	if f.target != "" {
		return report.Subject{Name: f.target, Kind: "remote"}
	}
	return report.Subject{Name: f.config.Strategy, Kind: "reference"}
}

// Open gives the target that the flags describe.
func (f *Flags) Open(ctx context.Context, cmd *cobra.Command) (scenarios.Target, error) {
	if f.target == "" {
		return f.inProcess(ctx, cmd)
	}
	for _, name := range inProcessFlags {
		if cmd.Flags().Changed(name) {
			return nil, exit.Usage("--%s describes the reference gateway in process and cannot go with --target", name)
		}
	}
	t, err := Load(ctx, f.target)
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (f *Flags) inProcess(ctx context.Context, cmd *cobra.Command) (scenarios.Target, error) {
	cfg := f.config
	if !cmd.Flags().Changed("alg") {
		cfg.Alg = "" // a fault or an OpenID configuration may need another one
	}
	if asked, err := f.apim.Asked(cmd, cfg.Strategy); err != nil {
		return nil, err
	} else if asked {
		return f.apim.open(cmd, cfg)
	}
	if err := Replicas("replicas", f.replicas); err != nil {
		return nil, err
	}
	if cfg.Fault == "" && len(cfg.Variants) == 0 { // which say themselves what is offered
		cfg.Sessions = reference.Sessions{Refresh: true, Rotate: true, EndsFamily: true, LogoutAll: true}
	}
	outside, err := f.startStore(ctx, &cfg)
	if err != nil {
		return nil, err
	}
	t, err := inprocess.Over(cfg, f.replicas, outside)
	if err != nil {
		return nil, errors.Join(exit.NotStarted(err), f.Close())
	}
	return t, nil
}

// startStore starts the Redis that --store asks for, or takes the one that runs
// if it is to be cut off, behind a proxy, and has the configuration use it. Where
// all is only planned it says what could be done to it.
func (f *Flags) startStore(ctx context.Context, cfg *reference.Config) (inprocess.Outside, error) {
	store, err := stores.Read(cfg.Store, redisserver.Always)
	if err != nil {
		return inprocess.Outside{}, exit.Usage("%w", err)
	}
	if f.Breaks {
		store = store.Breakable()
	}
	if store.Start == nil {
		if f.Planned && strings.Contains(cfg.Store, "://") {
			standIn(cfg)
		}
		return inprocess.Outside{}, nil
	}
	options := *store.Start
	options.Proxied = true
	if f.Planned {
		outside := realredis.Outside(nil, options, cfg.WaitReplicas)
		standIn(cfg)
		return outside, nil
	}
	if f.own, err = stores.Start(ctx, options); err != nil {
		return inprocess.Outside{}, err
	}
	cfg.Store = f.own.URL()
	return realredis.Outside(f.own.Server, options, cfg.WaitReplicas), nil
}

// standIn has a store in memory stand for a Redis that nobody is to reach. Its
// clock is the machine's, as that of a Redis is.
func standIn(cfg *reference.Config) {
	cfg.Store, cfg.WaitReplicas, cfg.Clock = "memory", 0, clock.System()
}

// Close removes what Open started.
func (f *Flags) Close() error { return f.own.Close() }
