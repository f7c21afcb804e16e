package bench

import (
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/sides"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/stats"
	"github.com/revocheck/revocheck/reference"
)

// Flags are what the bench and its subcommands are told.
type Flags struct {
	gateway    sides.Config
	tokens     sides.Options
	target     string
	against    string
	inProcess  bool
	rate, mix  string
	precision  string
	load       loadgen.Plan
	overheads  []string
	latencies  [3]time.Duration
	limits     limit.Limits
	sequential bool
	// allowPartial makes a partial run exit 0.
	allowPartial bool
	out          outputs
}

// Register defines the flags of bench itself.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.registerGateway(flags)
	f.registerLoad(flags)
	flags.StringVar(&f.target, "target", "", "target `FILE` of a gateway to measure instead of the reference gateway")
	flags.StringVar(&f.against, "against", "", "the `baseline`: none, verify (default), a strategy; with --target: open (default if declared), live or another target file")
	flags.StringVar(&f.precision, "precision", "", "stop as soon as the half-width of the p50 interval is this `percentage` of the baseline's p50")
	flags.BoolVar(&f.sequential, "sequential", false, "measure the sides one after the other as well, for comparison; takes as long again")
	flags.BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when the run is partial")
	f.registerLimits(flags)
	f.out.register(flags)
}

// registerGateway is for what starts reference gateways.
func (f *Flags) registerGateway(flags *pflag.FlagSet) {
	flags.StringVar(&f.gateway.Strategy, "strategy", "denylist", "revocation `strategy` to measure: "+subject.Names(subject.Strategies()))
	flags.StringVar(&f.gateway.Store, "store", "memory", stores.Usage(""))
	flags.StringVar(&f.gateway.Alg, "alg", "", "signing `algorithm` (default HS256, for apim-counter ES256): "+strings.Join(reference.Algorithms(), ", "))
	flags.IntVar(&f.gateway.Replicas, "replicas", 1, "replicas of each gateway")
	flags.StringVar(&f.gateway.Fault, "fault", "", "plant a known `defect` in the measured gateway")
	flags.DurationVar(&f.gateway.Delay, "plant-delay", 0, "add this delay to the measured gateway, to see whether the bench finds it")
	flags.IntVar(&f.tokens.Tokens, "tokens", 5000, "live tokens issued before the run")
	flags.IntVar(&f.tokens.Users, "users", 1000, "users who hold them")
	flags.IntVar(&f.tokens.Population, "population", 0, "revoked tokens in the store before the run; 10 million at most, above 1 million in one Redis only")
	flags.BoolVar(&f.inProcess, "in-process", false, "run the gateways in the generator's process: less exact")
}

// registerLoad is for what makes load.
func (f *Flags) registerLoad(flags *pflag.FlagSet) {
	p := &f.load
	flags.StringVar(&f.rate, "rate", "1000", "calls a second: a number, a ramp 100..2000 over each slice, or steps 500,1000,2000")
	flags.DurationVar(&p.Duration, "duration", 30*time.Second, "how long to measure")
	flags.IntVar(&p.Rounds, "rounds", 0, "measure for so many `rounds` of slices instead of --duration")
	flags.DurationVar(&p.Slice, "slice", 0, "length of a slice; chosen from the duration without it")
	flags.DurationVar(&p.WarmUp, "warm-up", time.Second, "load on each side before the measurement")
	flags.StringVar(&f.mix, "mix", "", "share of each class of tokens (default live=90,revoked=5,expired=2,never-seen=3; with --target live=95,revoked=5)")
	flags.Float64Var(&p.Storm, "storm", 0, "logouts a second beside the calls")
	flags.Uint64Var(&p.Seed, "seed", 1, "`seed` of the calls and of the order of the slices")
	flags.DurationVar(&p.Timeout, "timeout", 5*time.Second, "how long an answer may take")
	flags.IntVar(&p.MaxInFlight, "max-in-flight", 256, "calls that may wait for an answer at once")
	flags.DurationVar(&p.LateLimit, "late", 5*time.Millisecond, "how late the generator may send; a pair with over 10 % later calls is dropped")
}

func (f *Flags) registerLimits(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.overheads, "max-overhead", nil, "fail when the overhead's interval lies above this `limit`, such as p50=5% (repeatable)")
	for i, name := range stats.QuantileNames {
		flags.DurationVar(&f.latencies[i], "max-"+name, 0, "fail when the interval of the subject's "+name+" lies above this")
	}
	flags.Uint64Var(&f.limits.Leaks, "max-leaks", 0, "dead tokens that may be accepted")
	flags.Uint64Var(&f.limits.OverBlocks, "max-over-blocks", 0, "live tokens that may be refused")
	flags.Uint64Var(&f.limits.Faults, "max-faults", 0, "calls that may fail otherwise")
}

// check reads the flags that need reading.
func (f *Flags) check(cmd *cobra.Command) error {
	if err := f.checkLimits(); err != nil {
		return err
	}
	return f.checkGateway(cmd)
}

func (f *Flags) checkLimits() error {
	f.limits.Overhead, f.limits.Latency = map[string]float64{}, map[string]time.Duration{}
	for _, text := range f.overheads {
		name, limit, err := limit.ParseOverhead(text)
		if err != nil {
			return exit.Usage("--max-overhead: %w", err)
		}
		f.limits.Overhead[name] = limit
	}
	for i, limit := range f.latencies {
		if limit < 0 {
			return exit.Usage("--max-%s %s: it must be more than 0", stats.QuantileNames[i], limit)
		}
		if limit > 0 {
			f.limits.Latency[stats.QuantileNames[i]] = limit
		}
	}
	return nil
}

// The largest populations: what one Redis holds in a few gigabytes, and what
// can be logged out one by one in about a minute.
const (
	maxPopulation        = 10_000_000
	maxPopulationLogouts = 1_000_000
)

func (f *Flags) checkGateway(cmd *cobra.Command) error {
	switch {
	case f.tokens.Tokens < 1 || f.tokens.Users < 1:
		return exit.Usage("--tokens and --users must be at least 1")
	case subject.Replicas("replicas", f.gateway.Replicas) != nil:
		return subject.Replicas("replicas", f.gateway.Replicas)
	case f.gateway.Delay < 0 || f.gateway.Delay > time.Second:
		return exit.Usage("--plant-delay %s is not between 0 and 1s", f.gateway.Delay)
	case f.tokens.Population < 0 || f.tokens.Population > maxPopulation:
		return exit.Usage("--population %d is not between 0 and %d", f.tokens.Population, maxPopulation)
	case f.tokens.Population > maxPopulationLogouts && !f.inRedis():
		return exit.Usage("--population %d needs one Redis and --strategy denylist or not-before; other stores take up to %d", f.tokens.Population, maxPopulationLogouts)
	}
	if f.target == "" {
		return f.checkStrategies(cmd)
	}
	var misplaced []string
	for _, name := range []string{"strategy", "store", "alg", "replicas", "fault", "users", "population", "in-process", "plant-delay"} {
		if cmd.Flags().Changed(name) {
			misplaced = append(misplaced, "--"+name)
		}
	}
	if len(misplaced) > 0 {
		return exit.Usage("%s: only for the reference gateway, and not with --target", strings.Join(misplaced, ", "))
	}
	return nil
}

func (f *Flags) inRedis() bool {
	s, err := readStore(f.gateway.Store)
	inRedis := err == nil && (s.Start != nil || strings.Contains(s.Text, "://"))
	return inRedis && (f.gateway.Strategy == "denylist" || f.gateway.Strategy == "not-before")
}

func (f *Flags) checkStrategies(cmd *cobra.Command) error {
	f.against = orText(f.against, sides.Verify)
	for _, name := range []string{f.against, f.gateway.Strategy} {
		if err := subject.KnownStrategy(name, sides.None, sides.Verify); err != nil {
			return err
		}
	}
	if !sides.Policies(f.gateway.Strategy) {
		_, err := readStore(f.gateway.Store)
		return err
	}
	for _, name := range []string{"store", "fault"} {
		if cmd.Flags().Changed(name) {
			return exit.Usage("--%s has no meaning for %s: %s", name, f.gateway.Strategy, subject.NotForAPIM[name])
		}
	}
	return nil
}

// plan makes loadgen's plan of the flags.
func (f *Flags) plan(cmd *cobra.Command) (loadgen.Plan, error) {
	p := f.load
	if p.WarmUp == 0 {
		p.WarmUp = -1 // loadgen's zero is its default
	}
	mix := orText(f.mix, map[bool]string{true: "live=95,revoked=5", false: "live=90,revoked=5,expired=2,never-seen=3"}[f.target != ""])
	var err error
	if p.Mix, err = loadgen.ParseMix(mix); err != nil {
		return p, exit.Usage("--mix: %w", err)
	}
	if p.Schedule, err = pace.Parse(f.rate, time.Second); err != nil {
		return p, exit.Usage("--rate: %w", err)
	}
	// A ramp or a step spreads over the slice, whose length may follow from
	// the mean rate.
	if p.Schedule, err = pace.Parse(f.rate, p.WithDefaults().Slice); err != nil {
		return p, exit.Usage("--rate: %w", err)
	}
	if f.precision != "" {
		if p.Precision, err = limit.ParsePercent(f.precision); err != nil || p.Precision == 0 || p.Precision > 1 {
			return p, exit.Usage("--precision %s: write a percentage above 0%% and up to 100%%, such as 2%%", f.precision)
		}
	}
	if p.Rounds < 0 || p.Rounds > loadgen.MaxRounds {
		return p, exit.Usage("--rounds %d is not between 0 and %d", p.Rounds, loadgen.MaxRounds)
	}
	if p.Duration <= 0 || p.Slice < 0 || p.Timeout <= 0 || p.MaxInFlight < 1 || p.LateLimit <= 0 || p.Storm < 0 {
		return p, exit.Usage("--duration, --timeout, --max-in-flight and --late must be above 0, --slice and --storm not below")
	}
	p.Progress = progressLine(cmd.ErrOrStderr())
	return p, nil
}

func orText(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
