package scenarios

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// EntryPoint is one way to what a token opens: a route, a method of it, a replica.
type EntryPoint struct {
	Name  string
	route Route
	opts  []CallOption
}

// EntryPoints are the first route at the first replica, and then each other one
// that may have a validator of its own: the other routes, HEAD of the first one
// that is read by GET and POST to it, and the first route at the other replicas.
func (p *Play) EntryPoints() []EntryPoint {
	var list []EntryPoint
	routes := p.contract.Routes
	for _, r := range routes {
		list = append(list, EntryPoint{r.String(), r, []CallOption{On(r)}})
	}
	for _, method := range []string{http.MethodHead, http.MethodPost} {
		if r, ok := asked(routes, method); ok {
			list = append(list, EntryPoint{r.String(), r, []CallOption{On(r)}})
		}
	}
	for i := 1; i < p.Replicas(); i++ {
		list = append(list, EntryPoint{fmt.Sprintf("%s of replica %d", routes[0], i+1), routes[0], []CallOption{At(i)}})
	}
	return list
}

// asked is the first route that is read by GET with another method, whose answer
// need not name anybody. False if the target declares a route with that method.
func asked(routes []Route, method string) (as Route, ok bool) {
	for _, r := range slices.Backward(routes) {
		switch cmp.Or(r.Method, http.MethodGet) {
		case method:
			return Route{}, false
		case http.MethodGet:
			as, ok = r, true
			as.Method, as.Identity = method, ""
		}
	}
	return as, ok
}

// DiscriminatingEntryPoints are those that tell a live token from none. The others say
// nothing about a token, and are noted.
func (p *Play) DiscriminatingEntryPoints(live *Token) []EntryPoint {
	var discriminating []EntryPoint
	for _, at := range p.EntryPoints() {
		if p.tells(at, live) {
			discriminating = append(discriminating, at)
			continue
		}
		p.Note("left out, because it does not tell a live token from none: %s", at.Name)
	}
	return discriminating
}

func (p *Play) tells(at EntryPoint, live *Token) bool {
	none := p.Call(nil, WantAny, at.opts...)
	return p.takes(at, live) && (p.planning || p.Judge(at.route, live, none) != Accepted)
}

// An entry point that refuses a live token is asked again, in case it refused for what
// another scenario did just before.
const (
	takesTries = 4
	takesPause = 70 * time.Millisecond
)

func (p *Play) takes(at EntryPoint, live *Token) bool {
	for range takesTries {
		a := p.Call(live, WantAny, at.opts...)
		if o := p.Judge(at.route, live, a); p.planning || o != Refused {
			return p.planning || o == Accepted
		}
		wire.Pause(p.ctx, takesPause)
	}
	return false
}

// Judge says what an answer of the entry point makes of a token.
func (at EntryPoint) Judge(p *Play, t *Token, a Answer) Outcome { return p.Judge(at.route, t, a) }

// On has a call go to the entry point.
func (at EntryPoint) On() []CallOption { return at.opts }

// CallThere is CallOnce at an entry point. The finding blames that for a dead token
// only if the controls do.
func (p *Play) CallThere(at EntryPoint, t *Token, want Want) {
	t = t.derive(t.Name+" at "+at.Name, t.Raw)
	if s, stopped := catch(func() { p.CallOnce(t, want, at.opts...) }); stopped {
		panic(p.blamedAt(at, t, s))
	}
}

// Knows reports whether an entry point refuses a token that was logged out. Where
// it is a leak that it does not, leak stops the scenario with that; else leak is nil.
func (p *Play) Knows(at EntryPoint, dead *Token) (knows bool, leak func()) {
	a := p.Call(dead, WantAny, at.opts...)
	o := p.Judge(at.route, dead, a)
	if p.planning || o == Refused {
		return true, nil
	}
	if o != Accepted || !p.Leaked(dead, a) {
		return false, nil
	}
	s := stop{verdict: report.Fail, why: p.leak(dead, WantRefused, a, o), leak: true}
	s = p.blamedAt(at, dead, p.withFinding(s, dead, WantRefused, p.prepare(dead, at.opts), a, o))
	return false, func() { panic(s) }
}

// blamedAt is a stop with the acceptance of a dead token at an entry point, unless
// the token is accepted by the plainest call as well, or a forged one is.
func (p *Play) blamedAt(at EntryPoint, t *Token, s stop) stop {
	if s.finding == nil || s.finding.Observable != report.DeadAccepted || !p.dead(t) {
		return s
	}
	forged := p.Respell(t, "forged", TamperedSignature(t.Raw))
	blame, why := p.Blame(Oddity{
		With:    func() bool { return p.acceptsAt(at, t) },
		Without: func() bool { return p.Accepts(p.contract.Routes[0], t, t.Raw) },
		Forged:  func() bool { return p.acceptsAt(at, forged) },
	})
	if blame == This {
		return s
	}
	other, _ := catch(func() { p.FailBy(blame, t, of(s.finding.Where, circumstances), "%s%s", s.why, why) })
	other.leak = s.leak
	return other
}

func (p *Play) acceptsAt(at EntryPoint, t *Token) bool {
	return p.Judge(at.route, t, p.Send(p.prepare(t, at.opts).req, Refused)) == Accepted
}
