package scenarios

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// plan is the sender of a dry run: it sends nothing, notes what would be sent,
// and answers what the scenario wants.
type plan struct {
	mu     sync.Mutex
	sent   []Planned
	issued int
	logins map[string]int // tokens had elsewhere, by the user's name
	began  time.Time
	ahead  time.Duration
}

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
	if p.began.IsZero() {
		p.began = time.Now()
	}
	return p.began.Add(p.ahead)
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
