package scenarios

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// plan is the sender of a dry run: it sends nothing, notes what would be sent,
// and answers what the scenario wants.
type plan struct {
	mu     sync.Mutex
	sent   []Planned
	issued int
	logins map[string]int // tokens had elsewhere, by the user's name
	ahead  time.Duration
}

// planBegins is when every plan begins. The tokens of a plan are then the same each
// time, and with them the spellings that can be made of them.
var planBegins = time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)

// Send notes the request.
func (p *plan) Send(_ context.Context, r Request, want Outcome) Answer {
	p.add(r.String(), Gateway)
	now := p.now()
	return Answer{Planned: want, Status: 200, Sent: now, Received: now}
}

// Close does nothing.
func (p *plan) Close() {}

func (p *plan) note(what string) { p.add(what, Nobody) }

func (p *plan) add(what string, to Asked) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.sent); n > 0 && p.sent[n-1].What == what {
		p.sent[n-1].Count++
		return
	}
	p.sent = append(p.sent, Planned{What: what, Count: 1, To: to})
}

// login notes that a token would be had elsewhere than at the gateway.
func (p *plan) login(what, user string, to Asked) {
	p.add(what, to)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.logins == nil {
		p.logins = map[string]int{}
	}
	p.logins[user]++
}

// now stands still but for the waits: a plan must not depend on how long it
// takes to make it.
func (p *plan) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return planBegins.Add(p.ahead)
}

func (p *plan) advance(d time.Duration) {
	p.note(fmt.Sprintf("wait %s", d.Round(time.Second/10)))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ahead += d
}

// planKey signs the tokens of a dry run; they go nowhere.
var planKey = []byte("tokens of a dry run are sent to nobody")

func planToken(p *Play, u User, life time.Duration) string {
	pl := p.sender.(*plan)
	if life == 0 {
		life = time.Hour
	}
	pl.mu.Lock()
	pl.issued++
	id := pl.issued
	pl.mu.Unlock()
	now := p.Clock().Now()
	return planSign(jwt.MapClaims{
		"iss": "plan", "sub": u.Identity, "aud": "plan", "iat": now.Unix(), "nbf": now.Unix(),
		"exp": now.Add(life).Unix(), "jti": fmt.Sprintf("plan-%d", id),
	}, nil)
}

func planSign(claims, header map[string]any) string {
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(claims))
	for k, v := range header {
		t.Header[k] = v
	}
	raw, err := t.SignedString(planKey)
	if err != nil { // HMAC over JSON does not fail
		panic(err)
	}
	return raw
}

// planContract is a target that has what the needs say and nothing else, so
// that a script can be checked before any target is known.
func planContract(needs []Capability) Contract {
	c := Contract{
		Name:      "plan",
		Endpoints: []string{"http://replica-1.invalid"},
		Users:     []User{{Name: "alice", Password: "planned"}},
		Login:     Login{Path: "/login", LifetimeField: "expires_in"},
		Logout:    Logout{Path: "/logout"},
		Routes:    []Route{{Path: "/first", Identity: "$.sub"}},
	}
	for _, n := range needs {
		if have := capabilities[n].plan; have != nil {
			have(&c)
		}
	}
	return c.WithDefaults()
}

// planPowers are powers that do nothing, those of actual ones that are there.
func planPowers(pl *plan, actual *Powers) Powers {
	p := Powers{
		Mint:         func(c, h map[string]any) (string, error) { return planSign(c, h), nil },
		PublicKeyPEM: func() []byte { return []byte("planned") },
		AddReplica:   func() (string, error) { pl.note("add a replica"); return "http://replica-3.invalid", nil },
		Restart:      func(i int) error { pl.note(fmt.Sprintf("restart replica %d", i+1)); return nil },
		StorePowers:  planStore(pl, actual),
		StoreSize:    func(context.Context) (int, error) { return 0, nil },
		Logs:         func() string { return "" },
		Now:          pl.now,
		Advance:      pl.advance,
	}
	if actual != nil {
		p.keepOnly(*actual)
	}
	return p
}

// keepOnly drops the powers that the other does not have.
func (p *Powers) keepOnly(o Powers) {
	if o.Now == nil || o.Advance == nil {
		p.Now, p.Advance = nil, nil
	}
	if o.Mint == nil {
		p.Mint = nil
	}
	if o.PublicKeyPEM == nil {
		p.PublicKeyPEM = nil
	}
	if o.AddReplica == nil {
		p.AddReplica = nil
	}
	if o.Restart == nil {
		p.Restart = nil
	}
	if o.StoreSize == nil {
		p.StoreSize = nil
	}
	if o.Logs == nil {
		p.Logs = nil
	}
}

// tokenSource is who is asked for a token beside the gateway.
func tokenSource(c Contract) Asked {
	if c.LoginWay() == contract.ByTokens {
		return Nobody
	}
	return TokenSource
}

// RehearsalError is what is wrong with a scenario, whatever the target.
type RehearsalError struct {
	// Line of the script; 0 for a scenario that is no script.
	Line int
	What string
	// Undeclared is a capability that the scenario uses and does not need;
	// empty if that is not what is wrong.
	Undeclared Capability
	// Unproven: a refusal lacks its controls, so that it proves nothing.
	Unproven bool
}

// Error says what is wrong.
func (e *RehearsalError) Error() string { return e.What }

// Rehearse plays a scenario where nothing is sent, at a target that has what
// the scenario needs and nothing else and gives every answer that is wanted,
// and looks at what that would have proved. An error is a *RehearsalError.
func Rehearse(s Scenario) error {
	p := newPlanPlay(s, planContract(s.Needs), nil)
	if st, stopped := catch(func() { s.Run(p) }); stopped {
		return &RehearsalError{Line: p.line, What: st.why, Undeclared: st.undeclared}
	}
	if s.Uncontrolled != "" {
		return nil
	}
	if u := uncontrolled(p.trail); u != nil {
		return &RehearsalError{Line: u.line, What: u.what, Unproven: true}
	}
	return nil
}

// DryRun plays the scenarios without sending anything and gives, for each,
// what would be sent; or an error as Run has it when nothing matches.
func DryRun(target Target, all []Scenario, o Options) ([]Outline, error) {
	s, err := choose(all, target, &o)
	if err != nil {
		return nil, err
	}
	r := newRun(target, o)
	var list []Outline
	for _, one := range s.chosen {
		list = append(list, r.outline(one))
	}
	for _, one := range all {
		if slices.Contains(s.leftOut, one.ID) {
			list = append(list, Outline{Scenario: one, NotRun: fmt.Sprintf("profile %s leaves it out", o.Profile)})
		}
	}
	return list, nil
}

// Outline is what one scenario would send.
type Outline struct {
	Scenario Scenario
	Requests []Planned
	// Tokens counts, by the user's name, what it would take of given tokens;
	// nil if users log in.
	Tokens map[string]int
	// NotRun says why it would not run; empty if it would.
	NotRun string
}

func (r *run) outline(s Scenario) Outline {
	list, missing := r.subcases(s)
	if len(list) == 0 {
		return Outline{Scenario: s, NotRun: report.NotClaimed(missing.Text())}
	}
	powers := list[0].target.Powers()
	p := newPlanPlay(s, r.contract, &powers)
	p.maxWait, p.largest = r.maxWait(), r.options.Largest
	st, stopped := catch(func() { s.Run(p) })
	out := Outline{Scenario: s, Requests: p.sender.(*plan).sent}
	if r.contract.LoginWay() == contract.ByTokens {
		out.Tokens = p.sender.(*plan).logins
	}
	if stopped {
		out.NotRun = st.why
	}
	return out
}

// newPlanPlay is a play that sends nothing. Without actual powers it has all.
func newPlanPlay(s Scenario, c Contract, actual *Powers) *Play {
	pl := &plan{}
	r := &run{contract: c, whole: c, observe: silence{}, redactor: &report.Redactor{}}
	return &Play{
		ctx: context.Background(), contract: suiting(c, s), run: r, sender: pl, planning: true, seen: newTokenSet(), cuts: newCutOffs(), turns: &turns{},
		instance: &Instance{Endpoints: c.Endpoints, Backend: c.Backend, Powers: planPowers(pl, actual)},
		users:    c.Users, maxWait: DefaultMaxWait, began: time.Now(), record: report.Record{ID: s.ID},
		rest: func() {},
	}
}
