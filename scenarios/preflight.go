package scenarios

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/preflight"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// PreflightError says why a target cannot be tested at all.
type PreflightError = preflight.Error

// opened is an instance of the target and how to ask it.
type opened struct {
	preflight.Target
	instance *Instance
}

// open opens an instance for who looks at it. An error is a *PreflightError.
func (r *run) open(ctx context.Context) (opened, error) {
	instance, err := r.target.Open(ctx)
	if err != nil {
		return opened{}, &PreflightError{Unreachable: true, What: "the target could not be started", Fix: err.Error()}
	}
	return opened{preflight.Target{
		Brief:    r.options.Profile == Canary,
		Contract: r.contract, Endpoints: instance.endpoints(),
		Network: wire.NewNetwork(r.contract, instance.endpoints, instance.Transport, r.limit).WithIssuer(instance.TokenEndpoint),
		Login:   instance.Powers.Login, Now: instance.Powers.Now, Remote: r.target.Shared(), Secret: r.secret,
		PublicKeyPEM: instance.Powers.PublicKeyPEM, Mint: instance.Powers.Mint,
	}, instance}, nil
}

func (o opened) close() error {
	o.Network.Close()
	return o.instance.close()
}

// preflight makes sure that the target answers and that its users can log in,
// and measures the difference of the clocks.
func (r *run) preflight(ctx context.Context) error {
	err := r.check(ctx)
	if err != nil && ctx.Err() != nil {
		return &PreflightError{Unreachable: true, What: ended(ctx) + " before its first scenario"}
	}
	return err
}

func (r *run) check(ctx context.Context) error {
	o, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = o.close() }()
	r.observed, err = o.Check(ctx)
	r.noteEnded()
	var p *PreflightError
	if errors.As(err, &p) {
		r.locate(p.Problems)
	}
	if all := o.instance.panics(); err != nil && len(all) > 0 {
		return fmt.Errorf("%s; %w\n%s", all[0].What, err, r.redactor.Clean(all[0].Stack))
	}
	return err
}

// noteEnded keeps scenarios from taking the token that was logged out, and that
// logout, for their own.
func (r *run) noteEnded() {
	e := r.observed.Ended
	if e.Raw == "" || !r.target.Shared() {
		return
	}
	r.seen.add(e.Raw)
	r.seen.end(e.Raw)
	r.cuts.move(e.User, e.At.Add(r.observed.Ahead))
}

// Located is a Target that was read from a file.
type Located interface {
	// Locate says in which file and on which line a key stands, and keeps secrets
	// of the file out of a text about it.
	Locate(key, text string) (where, clean string)
}

// locate puts problems into the order of the file that they are in.
func (r *run) locate(problems []preflight.Problem) {
	defer slices.SortStableFunc(problems, func(a, b preflight.Problem) int { return a.Line() - b.Line() })
	for i := range problems {
		p := &problems[i]
		if file, ok := r.target.(Located); ok {
			_, p.Fix = file.Locate(p.Key, p.Fix)
			p.Where, p.Seen = file.Locate(p.Key, p.Seen)
		}
		p.Seen, p.Fix = r.redactor.Clean(p.Seen), r.redactor.Clean(p.Fix)
	}
}

// declared says where the target file declares what a failure can be about; nothing
// for a target that is none of a file.
func (r *run) declared() (list []report.Declaration) {
	file, ok := r.target.(Located)
	if !ok {
		return nil
	}
	for _, place := range r.target.Contract().Places() {
		where, _ := file.Locate(place.Key, "")
		colon := strings.LastIndexByte(where, ':')
		d := report.Declaration{Key: place.Key, File: where[:colon]}
		d.Line, _ = strconv.Atoi(where[colon+1:])
		switch {
		case place.Route != "":
			d.Of, d.Value = report.OnRoute, place.Route
		case place.Replica:
			d.Of, d.Value = report.AtReplica, "another replica"
		}
		list = append(list, d)
	}
	return list
}

// Preflight looks at a target as Run does first, and how long its tokens live,
// and says what it saw, also beside an error, which is a *PreflightError.
func Preflight(ctx context.Context, target Target) (preflight.Observations, error) {
	r := newRun(target, Options{Observe: silence{}})
	wrong := r.preflight(ctx)
	if wrong != nil && len(r.observed.Problems) == 0 {
		return r.observed, wrong
	}
	r.settle(ctx)
	if r.observed.Bare.Login {
		return r.observed, nil
	}
	o, err := r.open(ctx)
	if err != nil {
		return r.observed, cmp.Or(wrong, err)
	}
	defer func() { _ = o.close() }()
	seen, err := o.Lifetimes(ctx, r.observed)
	return seen, cmp.Or(wrong, err)
}

// settle waits until no login can fall under the logout of the preflight: for the
// declared granularity of a cut-off, and for a whole second where none is
// declared, since that is how coarse an iat is.
func (r *run) settle(ctx context.Context) {
	e := r.observed.Ended
	if e.Raw == "" || !r.target.Shared() {
		return
	}
	grain := max(r.contract.Logout.CutOff, time.Second)
	select {
	case <-time.After(time.Until(e.At.Add(grain + grain/100))):
	case <-ctx.Done():
	}
}

// PreflightPlan is what a run sends before its first scenario.
func PreflightPlan(target Target, profile Profile) []Planned {
	c := profile.of(target.Contract().WithDefaults().WithoutSpared())
	if profile == Canary {
		return preflight.BriefPlan(c)
	}
	return preflight.Plan(c, target.Shared())
}

// Caller logs in and out at a target and builds the requests of its contract,
// at the pace of the contract. It judges no answer: it is for who measures a
// target.
type Caller struct {
	run *run
	at  opened
	// begun has, by token, what else a login gave that ends it; empty where nothing
	// else does.
	begun sync.Map
}

// OpenCaller opens a target once it answers and its users can log in, as Run
// does. An error is a *PreflightError.
func OpenCaller(ctx context.Context, target Target, o Options) (*Caller, error) {
	o.setDefaults()
	r := newRun(target, o)
	if err := r.preflight(ctx); err != nil {
		return nil, err
	}
	r.settle(ctx)
	at, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	return &Caller{run: r, at: at}, nil
}

// Close ends what opening began.
func (c *Caller) Close() error { return c.at.close() }

// Contract is the target's, with what it leaves out filled in.
func (c *Caller) Contract() Contract { return c.run.contract }

// Endpoints are the base URLs, one for each replica.
func (c *Caller) Endpoints() []string { return c.at.instance.endpoints() }

// Transport makes a transport that trusts what the target's certificates need.
func (c *Caller) Transport() *http.Transport { return c.at.Network.Transport() }

// LogIn obtains a token for a user; of tokens that a user was given it takes the
// next. An error is a *PreflightError.
func (c *Caller) LogIn(ctx context.Context, u User) (raw string, err error) {
	raw, away, why := c.obtain(ctx, u)
	if why == "" {
		c.run.secret(raw)
		if _, bad := token.Parse(raw); bad != nil {
			why = bad.Error()
		}
	}
	if why != "" {
		return "", &PreflightError{Unreachable: away, What: fmt.Sprintf("a further login of user %q gave no usable token", u.Name), Fix: why}
	}
	return raw, nil
}

func (c *Caller) obtain(ctx context.Context, u User) (raw string, away bool, why string) {
	if c.run.contract.LoginWay() != contract.ByTokens {
		s, away, why := wire.Obtain(ctx, c.at.Network, c.run.contract, c.at.Login, u, 0)
		if c.run.contract.NeedsLogin() {
			c.run.secret(s.Refresh)
			c.begun.Store(s.Raw, s)
		}
		return s.Raw, away, why
	}
	raw, ok := c.run.tokens.more(u.Name, time.Now().Add(c.run.observed.Ahead))
	if !ok {
		why = "more tokens are needed than it was given"
	}
	return raw, false, why
}

// session is what a login gave beside the token.
func (c *Caller) session(raw string) wire.Session {
	if s, known := c.begun.Load(raw); known {
		return s.(wire.Session)
	}
	return wire.Session{Raw: raw}
}

// LogOut ends a token. That it was not acknowledged is a *PreflightError.
func (c *Caller) LogOut(ctx context.Context, raw string) error {
	a := c.at.Network.Send(ctx, wire.LogoutOf(c.run.contract, c.session(raw)), Accepted)
	if wire.Acknowledged(c.run.contract, a) {
		return nil
	}
	return &PreflightError{Unreachable: a.Down(), What: "a logout was " + logoutText(a, false), Fix: "look at logout.path, logout.method and logout.success"}
}

// NewLogout is the request that ends a token, at an endpoint from 0.
func (c *Caller) NewLogout(ctx context.Context, raw string, endpoint int) (*http.Request, error) {
	req := wire.LogoutOf(c.run.contract, c.session(raw))
	req.Replica = endpoint
	return c.at.Network.Build(ctx, req)
}

// NewCall is a call of a route with a token, none if it is empty, at an
// endpoint from 0.
func (c *Caller) NewCall(ctx context.Context, route Route, raw string, endpoint int) (*http.Request, error) {
	req := wire.CallOf(route)
	req.Replica = endpoint
	if raw != "" {
		req.Carry(c.run.contract.Carrier, raw)
	}
	return c.at.Network.Build(ctx, req)
}

// Clock is how the target's clock compares with this machine's.
func (c *Caller) Clock() preflight.Clock { return c.run.observed.Clock }

// Bare is a request that breaks the target for want of a token, if the preflight
// found one.
func (c *Caller) Bare() preflight.Bare { return c.run.observed.Bare }

// Clean is a text without the secrets that it may hold.
func (c *Caller) Clean(text string) string { return c.run.redactor.Clean(text) }

// Play plays what is no scenario, with the first user and every given token that
// is left, and says what stopped it; "" if it came to its end. The observer of
// the options is told that it starts.
func (c *Caller) Play(ctx context.Context, name string, f func(*Play)) (why string) {
	c.run.observe.Start(name)
	users, release := c.run.users.lend(1)
	defer release()
	var rec report.Record
	p := c.run.newPlay(ctx, Scenario{ID: name}, c.at.instance, users, &rec)
	defer p.sender.Close()
	p.given = c.run.tokens.all()
	defer func() { c.run.tokens.release(p.given) }()
	st, _ := catch(func() { f(p) })
	return st.why
}

// endsToken is the scenario whose requirement a token breaks that lives on after
// the logout of the preflight.
const endsToken = "lifecycle/logout-ends-token"

// withSurvivor fails that scenario if the token that was logged out before the
// first scenario was accepted afterwards: what was seen counts, also where later
// logouts did better and where the scenario was not selected.
func (r *run) withSurvivor(records []report.Record, all []Scenario) []report.Record {
	e := r.observed.Ended
	i := slices.IndexFunc(all, func(s Scenario) bool { return s.ID == endsToken })
	if e.Accepted == 0 || i < 0 {
		return records
	}
	at := slices.IndexFunc(records, func(rec report.Record) bool { return rec.ID == endsToken })
	if at < 0 {
		records = append(records, all[i].record())
		at = len(records) - 1
	}
	rec := &records[at]
	if rec.Verdict == report.Fail {
		return records
	}
	token := "T#" + report.Fingerprint(e.Raw)
	rec.Verdict, rec.Undeclared, rec.Fix = report.Fail, "", all[i].Fix
	rec.Why = fmt.Sprintf("before the first scenario %s was accepted (%d) after its logout was acknowledged (%d)", token, e.Accepted, e.LogoutStatus)
	rec.Finding = &report.Finding{Observable: report.DeadAccepted, Seen: []string{
		fmt.Sprintf("%s %d", e.Logout, e.LogoutStatus), fmt.Sprintf("%s %d (wanted a refusal)", e.Call, e.Accepted)}}
	rec.Steps = append(rec.Steps,
		report.Step{Text: "logout " + token, Request: e.Logout, Actual: fmt.Sprintf("acknowledged (%d)", e.LogoutStatus), OK: true},
		report.Step{Text: "call " + token + " refused", Request: e.Call, Expected: "refused", Actual: fmt.Sprintf("accepted (%d)", e.Accepted)})
	return records
}
