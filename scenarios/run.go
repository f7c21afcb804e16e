package scenarios

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/preflight"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Options of a run. The zero value runs every scenario of the wire profile.
type Options struct {
	Profile Profile
	// Only keeps the scenarios whose ID one of these patterns matches, as
	// path.Match has it; "replay" means "replay/*".
	Only []string
	// Seed decides every choice that is left to chance.
	Seed uint64
	// MaxWait bounds the waiting of one scenario; by default that of the profile,
	// which is 75 s but for Smoke.
	MaxWait time.Duration
	// Largest is the highest rate, from 0 to 1, that scenarios which sample may miss:
	// with it they take larger samples, within the target's limits. 0 leaves it to them.
	Largest float64
	// Strict makes a failed should or may count like a failed must.
	Strict bool
	// Observe is told how the run goes; nil tells nobody.
	Observe Observer
	// pace in place of the contract's, for a test that counts.
	pace wire.Pace
	// Secrets beside those that the contract holds, kept out of the report.
	Secrets []string
}

// DefaultMaxWait is long enough to watch a token past a window of a minute.
const DefaultMaxWait = 75 * time.Second

// ErrNoMatch says that no scenario of the profile matches the selection. A run
// that tests nothing is an error, never a success.
var ErrNoMatch = errors.New("no scenario matched")

// Observer is told how a run goes. Its methods are called from several
// goroutines.
type Observer interface {
	Start(id string)
	Wait(id string, d time.Duration)
	Done(report.Record)
}

type silence struct{}

func (silence) Start(string)               {}
func (silence) Wait(string, time.Duration) {}
func (silence) Done(report.Record)         {}

// run is what the plays of one run share.
type run struct {
	target   Target
	contract Contract
	whole    Contract // with the user whom only revoke_all may touch
	options  Options
	observe  Observer
	limit    wire.Pace
	observed preflight.Observations
	users    *userPool
	tokens   *tokenPool
	slots    chan struct{}
	seen     *tokenSet
	cuts     *cutOffs
	turns    *turns
	narrowed sync.Once
	redactor *report.Redactor
	// refusals are the shapes of answers that might be for the number of calls, and
	// were seen to be for the token.
	refusals sync.Map
}

// Run runs the scenarios against the target and returns the records of the
// run. An error means that nothing was run: nothing matched, or the target
// cannot be reached or used as its contract says (*PreflightError).
func Run(ctx context.Context, target Target, all []Scenario, o Options) (report.Run, error) {
	s, err := NewSession(ctx, target, all, o)
	if err != nil {
		return report.Run{}, err
	}
	s.Play(ctx, s.chosen)
	return s.Run(ctx), nil
}

// Session is a run whose scenarios are played some at a time. Its methods are for
// one goroutine.
type Session struct {
	run *run
	all []Scenario
	selection
	began   time.Time
	records []report.Record
}

// NewSession looks at the target, as Run does first. Its errors are those of Run.
func NewSession(ctx context.Context, target Target, all []Scenario, o Options) (*Session, error) {
	chosen, err := choose(all, target, &o)
	if err != nil {
		return nil, err
	}
	s := &Session{run: newRun(target, o), all: all, selection: chosen, began: time.Now()}
	return s, s.run.preflight(ctx)
}

// Scenarios are those that the options select, in the order of all.
func (s *Session) Scenarios() []Scenario { return s.chosen }

// Play plays scenarios, several at once where the target allows that, and comes
// back when all have their records. Each is to be played once.
func (s *Session) Play(ctx context.Context, list []Scenario) {
	s.records = append(s.records, s.run.play(ctx, list)...)
}

// Run is the run with the records of what was played so far.
func (s *Session) Run(ctx context.Context) report.Run {
	out := report.Run{Records: s.run.withSurvivor(slices.Clone(s.records), s.all), Omitted: s.omitted, LeftOut: s.leftOut}
	if ctx.Err() != nil {
		out.Ended = ended(ctx)
	}
	s.run.complete(&out, s.began)
	return out
}

// ended says why a run ended early.
func ended(ctx context.Context) string {
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause.Error()
	}
	return "the run was interrupted"
}

// selection is what the options select of all scenarios.
type selection struct {
	chosen []Scenario
	// omitted are the musts that the patterns do not match, and leftOut what they
	// match and the profile leaves out at the target.
	omitted, leftOut []string
}

// choose keeps the scenarios that the profile and the patterns select.
func choose(all []Scenario, target Target, o *Options) (s selection, err error) {
	o.setDefaults()
	for _, one := range all {
		if !o.Profile.covers(one) {
			continue
		}
		ok, err := o.matches(one.ID)
		switch {
		case err != nil:
			return s, err
		case ok && o.Profile.leaves(one, target, o.MaxWait):
			s.leftOut = append(s.leftOut, one.ID)
		case ok:
			s.chosen = append(s.chosen, one)
		case one.Level == report.Must:
			s.omitted = append(s.omitted, one.ID)
		}
	}
	switch {
	case len(s.chosen) == 0 && len(s.leftOut) > 0:
		return s, fmt.Errorf("%w that profile %s can play: it leaves out %s, for want of time", ErrNoMatch, o.Profile, strings.Join(s.leftOut, ", "))
	case len(s.chosen) == 0:
		return s, fmt.Errorf("%w %q in profile %s; revocheck list shows them", ErrNoMatch, o.Only, o.Profile)
	}
	return s, nil
}

func (o *Options) setDefaults() {
	if o.Profile == "" {
		o.Profile = Wire
	}
	if o.MaxWait == 0 {
		o.MaxWait = o.Profile.DefaultMaxWait()
	}
	if o.Observe == nil {
		o.Observe = silence{}
	}
}

func (o *Options) matches(id string) (bool, error) {
	for _, pattern := range o.Only {
		ok, err := path.Match(pattern, id)
		if err != nil {
			return false, fmt.Errorf("pattern %q: %w", pattern, err)
		}
		whole, _ := path.Match(pattern+"/*", id)
		if ok || whole {
			return true, nil
		}
	}
	return len(o.Only) == 0, nil
}

func newRun(target Target, o Options) *run {
	whole := target.Contract().WithDefaults()
	c := o.Profile.of(whole.WithoutSpared())
	r := &run{
		target: target, contract: c, whole: whole, options: o, observe: o.Observe,
		users: newUserPool(c.Users, c.Logout.Scope == ScopeUser && target.Shared()),
		seen:  newTokenSet(), cuts: newCutOffs(), turns: &turns{}, tokens: newTokenPool(c.Users), redactor: &report.Redactor{},
	}
	if c.Limits.Rate > 0 {
		r.limit = rate.NewLimiter(rate.Limit(c.Limits.Rate), 1)
	}
	if o.pace != nil {
		r.limit = o.pace
	}
	r.slots = make(chan struct{}, r.parallel())
	for _, s := range append(whole.Secrets(), o.Secrets...) {
		r.redactor.Add(s)
	}
	return r
}

func (r *run) parallel() int {
	if r.target.Shared() {
		return r.contract.Limits.Parallel
	}
	return runtime.GOMAXPROCS(0)
}

func (r *run) secret(raw string) { r.redactor.Add(raw) }

// complete fills in what a run says beside its records.
func (r *run) complete(out *report.Run, began time.Time) {
	out.Schema, out.Tool, out.Subject = report.Schema, Tool(), r.target.Subject()
	out.Unproven = r.options.Profile.unproven()
	out.Profile, out.Seed, out.Strict = string(r.options.Profile), r.options.Seed, r.options.Strict
	out.Started, out.Duration = began.UTC(), report.Duration(time.Since(began))
	out.Notes, out.NotClaimed = r.notes(), notClaimed(out.Records)
	out.Declared = r.declared()
	out.Conclusion = out.Conclude()
	out.Why = why(*out)
}

func (r *run) notes() []string {
	var list []string
	if short := r.tokens.note(); short != "" {
		list = append(list, short)
	}
	if d := r.contract.LeakWindow; d > 0 {
		list = append(list, fmt.Sprintf("the target declares a leak window of %s: what was accepted for so long after a logout%s was not held against it", d, where(r.contract)))
	}
	if r.observed.Undated {
		list = append(list, fmt.Sprintf("no answer has a Date: the target's clock is taken to be within %s of this machine's", r.observed.Unsure.Round(time.Second/10)))
	}
	if r.observed.Ahead.Abs() < time.Second {
		return list
	}
	return append(list, fmt.Sprintf("the target's clock is %s from this machine's (known to %s)", r.observed.Ahead.Round(time.Second/10), r.observed.Unsure.Round(time.Second/10)))
}

// where a declared leak window is granted.
func where(c Contract) string {
	if len(c.Endpoints) == 1 {
		return ""
	}
	return " at another replica"
}

// version is set by the linker, for a build that is no module of another's.
var version string

// Tool identifies this program, from the build's own information.
func Tool() report.Tool {
	t := report.Tool{Name: "revocheck", Version: cmp.Or(version, "devel"), Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok && version == "" && info.Main.Version != "" && info.Main.Version != "(devel)" {
		t.Version = info.Main.Version
	}
	return t
}

// tokenSet remembers tokens that logins have given.
type tokenSet struct {
	mu         sync.Mutex
	seen, dead map[string]bool
}

func newTokenSet() *tokenSet { return &tokenSet{seen: map[string]bool{}, dead: map[string]bool{}} }

// end notes that a token was logged out, by whichever scenario.
func (s *tokenSet) end(raw string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead[token.Signed(raw)] = true
}

func (s *tokenSet) ended(raw string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dead[token.Signed(raw)]
}

// revocations is how many tokens were logged out.
func (s *tokenSet) revocations() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.dead)
}

// add reports whether the token had not been seen before. What is signed makes
// the token: ECDSA signs the same claims differently each time, and to a
// gateway that goes by the claims that is one token.
func (s *tokenSet) add(raw string) bool {
	raw = token.Signed(raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := !s.seen[raw]
	s.seen[raw] = true
	return fresh
}

// Selected counts the scenarios that a run with these options would play.
func Selected(target Target, all []Scenario, o Options) int {
	s, _ := choose(all, target, &o)
	return len(s.chosen)
}
