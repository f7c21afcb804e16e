package scenarios

import (
	"fmt"
)

// verbs are all the steps that a script can take.
var verbs map[string]verb

func init() {
	verbs = map[string]verb{
		"login": {
			Usage: "login USER [life=D|short|at-least-D] [replica=N] [with=TOKEN] -> NAME   (a new token; with= sends another one along)",
			args:  1, opts: []string{"life", "replica", "with"}, into: true, compile: compileLogin,
		},
		"call": {
			Usage: "call TOKEN|none [accepted|refused|not-accepted|unavailable|closed|as-scope-allows|spared] [route=N] [replica=N|all] [via=CONNECTION] [times=N]   (a protected route; accepted if nothing is said)",
			args:  1, more: 1, opts: []string{"route", "replica", "via", "times"}, compile: compileCall,
		},
		"open": {
			Usage: "open TOKEN|none [accepted] [replica=N] [via=CONNECTION]   (a route that answers everyone)",
			args:  1, more: 1, opts: []string{"replica", "via"}, needs: OpenRoute, compile: compileOpen,
		},
		"logout": {
			Usage: "logout TOKEN|none [acknowledged|harmless|not-acknowledged] [replica=N] [via=CONNECTION]",
			args:  1, more: 1, opts: []string{"replica", "via"}, compile: compileLogout,
		},
		"copy":   {Usage: "copy TOKEN -> NAME   (the same string, in a thief's hands)", args: 1, into: true, compile: compileCopy},
		"tamper": {Usage: "tamper TOKEN signature|claims -> NAME   (one character in the middle changed)", args: 2, into: true, compile: compileTamper},
		"mint": {
			Usage: "mint TOKEN [exp=+D|none] [nbf=+D|none] [iat=+D|none] [aud=WORD] [iss=WORD] [jti=WORD|none] -> NAME   (its claims, changed, signed with the issuer's key)",
			args:  1, opts: []string{"exp", "nbf", "iat", "aud", "iss", "jti"}, into: true, needs: Mint, compile: compileMint,
		},
		"wait":             {Usage: "wait D   (at the target: its clock is moved where it can be)", args: 1, compile: compileWait},
		"wait-until":       {Usage: "wait-until TOKEN before-exp|after-exp   (so far from exp that a sound target is sure)", args: 2, compile: compileWaitUntil},
		"hits":             {Usage: "hits mark|same|more   (calls that reached the backend)", args: 1, needs: Hits, compile: compileHits},
		"add-replica":      {Usage: "add-replica   (the last replica from then on; replica=N counts it)", needs: NewReplica, compile: always((*Play).grow)},
		"restart":          {Usage: "restart replica=N", opts: []string{"replica"}, needs: Restart, compile: compileRestart},
		"break-store":      {Usage: "break-store   (it cannot be reached)", needs: StoreFaults, compile: always((*Play).BreakStore)},
		"mend-store":       {Usage: "mend-store", compile: always((*Play).MendStore)},
		"recover":          {Usage: "recover TOKEN -> NAME   (a new token for alice, once every replica accepts it and refuses the dead one again)", args: 1, into: true, needs: StoreFaults, compile: compileRecover},
		"restart-store":    {Usage: "restart-store   (what it does not persist is gone)", needs: StoreRestart, compile: always((*Play).RestartStore)},
		"fail-over-store":  {Usage: "fail-over-store   (its stand-in takes over)", needs: StoreFailover, compile: always((*Play).FailOverStore)},
		"fill-store":       {Usage: "fill-store   (its memory is used up; mend-store takes it back)", needs: StoreFill, compile: always((*Play).FillStore)},
		"reset-store":      {Usage: "reset-store   (connections to it break until mend-store)", needs: StoreReset, compile: always((*Play).ResetStore)},
		"slow-store":       {Usage: "slow-store D   (it answers so much later until mend-store)", args: 1, needs: StoreSlow, compile: compileSlowStore},
		"partition-store":  {Usage: "partition-store replica=N   (which cannot reach it until mend-store)", opts: []string{"replica"}, needs: StorePartition, compile: compilePartition},
		"wait-leak-window": {Usage: "wait-leak-window   (as the target declares it; none by default)", compile: always((*Play).Propagate)},
	}
}

func always(do func(*Play)) func(Statement) (func(*Play), error) {
	return func(Statement) (func(*Play), error) { return do, nil }
}

func compileRecover(st Statement) (func(*Play), error) {
	return func(p *Play) { p.setToken(st.Into, p.Recover(st.Into, p.token(st.Args[0]))) }, nil
}

func (p *Play) grow() { p.Grow() }

func compileCall(st Statement) (func(*Play), error) {
	want, err := oneWord(st.arg(1, string(WantAccepted)), WantAccepted, WantRefused, WantNotAccepted, WantUnavailable, WantClosed, WantSurvivor, WantSpared)
	if err != nil {
		return nil, err
	}
	route, err := count(st.Opts, "route")
	if err != nil {
		return nil, err
	}
	times, err := count(st.Opts, "times")
	if err != nil {
		return nil, err
	}
	opts, err := st.callOptions()
	return func(p *Play) {
		all := opts
		if route > 0 {
			all = append([]CallOption{On(p.route(route))}, opts...)
		}
		repeated(p, times, func(int) { st.callAt(p, want, all) })
	}, err
}

// repeated does something once more than the count, which the target's limits
// bound.
func repeated(p *Play, more int, do func(int)) {
	if more == 0 {
		do(0)
		return
	}
	p.Repeat(p.Sample(more+1), do)
}

// callAt calls at the replica that the options say, or at each.
func (st Statement) callAt(p *Play, want Want, opts []CallOption) {
	t := p.token(st.Args[0])
	if st.Opts["replica"] == everyReplica {
		p.CallEverywhere(t, want, opts...)
		return
	}
	p.Call(t, want, opts...)
}

// everyReplica in the place of a replica's number.
const everyReplica = "all"

func (p *Play) route(i int) Route {
	if i >= len(p.contract.Routes) {
		p.Undeclared(TwoRoutes, "the target has %d protected routes; route %d is needed", len(p.contract.Routes), i+1)
	}
	return p.contract.Routes[i]
}

func (st Statement) arg(i int, otherwise string) string {
	if i < len(st.Args) {
		return st.Args[i]
	}
	return otherwise
}

func (st Statement) callOptions() ([]CallOption, error) {
	replica, err := count(st.Opts, "replica")
	if err != nil && !(st.Verb == "call" && st.Opts["replica"] == everyReplica) {
		return nil, err
	}
	via, err := oneWord(st.Opts["via"], Vias()...)
	if err != nil {
		return nil, err
	}
	return []CallOption{At(replica), Over(via)}, nil
}

func compileOpen(st Statement) (func(*Play), error) {
	want, err := oneWord(st.arg(1, string(WantAccepted)), WantAccepted)
	if err != nil {
		return nil, err
	}
	opts, err := st.callOptions()
	return func(p *Play) {
		p.Call(p.token(st.Args[0]), want, append([]CallOption{Open(p.contract.OpenRoutes[0])}, opts...)...)
	}, err
}

func compileLogout(st Statement) (func(*Play), error) {
	want, err := oneWord(st.arg(1, string(Acknowledged)), Acknowledged, Harmless, NotAcknowledged)
	if err != nil {
		return nil, err
	}
	if st.Args[0] == "none" && want == Acknowledged {
		return nil, fmt.Errorf("a logout without a token ends nothing: say harmless")
	}
	opts, err := st.callOptions()
	return func(p *Play) { p.Logout(p.token(st.Args[0]), want, opts...) }, err
}

func compileLogin(st Statement) (func(*Play), error) {
	if _, err := oneWord(st.Args[0], roles...); err != nil {
		return nil, err
	}
	life, err := compileLife(st.Opts["life"])
	if err != nil {
		return nil, err
	}
	replica, err := count(st.Opts, "replica")
	if err != nil {
		return nil, err
	}
	with := st.Opts["with"]
	return func(p *Play) {
		opts := append(life(p), LoginAt(replica))
		if with != "" {
			opts = append(opts, LoginWith(func(r *Request) { r.Carry(p.contract.Carrier, p.token(with).Raw) }))
		}
		p.setToken(st.Into, p.Login(st.Args[0], st.Into, opts...))
	}, nil
}
