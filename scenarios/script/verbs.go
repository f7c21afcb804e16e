package script

import (
	"fmt"

	"github.com/revocheck/revocheck/scenarios"
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
			args:  1, more: 1, opts: []string{"replica", "via"}, needs: scenarios.OpenRoute, compile: compileOpen,
		},
		"logout": {
			Usage: "logout TOKEN|none [acknowledged|harmless|not-acknowledged] [replica=N] [via=CONNECTION]",
			args:  1, more: 1, opts: []string{"replica", "via"}, compile: compileLogout,
		},
		"copy":   {Usage: "copy TOKEN -> NAME   (the same string, in a thief's hands)", args: 1, into: true, compile: compileCopy},
		"tamper": {Usage: "tamper TOKEN signature|claims -> NAME   (one character in the middle changed)", args: 2, into: true, compile: compileTamper},
		"mint": {
			Usage: "mint TOKEN [exp=+D|none] [nbf=+D|none] [iat=+D|none] [aud=WORD] [iss=WORD] [jti=WORD|none] -> NAME   (its claims, changed, signed with the issuer's key)",
			args:  1, opts: []string{"exp", "nbf", "iat", "aud", "iss", "jti"}, into: true, needs: scenarios.Mint, compile: compileMint,
		},
		"wait":             {Usage: "wait D   (at the target: its clock is moved where it can be)", args: 1, compile: compileWait},
		"wait-until":       {Usage: "wait-until TOKEN before-exp|after-exp   (so far from exp that a sound target is sure)", args: 2, compile: compileWaitUntil},
		"hits":             {Usage: "hits mark|same|more   (calls that reached the backend)", args: 1, needs: scenarios.Hits, compile: compileHits},
		"add-replica":      {Usage: "add-replica   (the last replica from then on; replica=N counts it)", needs: scenarios.NewReplica, compile: always(func(p *scenarios.Play) { p.Grow() })},
		"restart":          {Usage: "restart replica=N", opts: []string{"replica"}, needs: scenarios.Restart, compile: compileRestart},
		"break-store":      {Usage: "break-store   (it cannot be reached)", needs: scenarios.StoreFaults, compile: store(scenarios.TargetStore.Break)},
		"mend-store":       {Usage: "mend-store", compile: store(scenarios.TargetStore.Mend)},
		"recover":          {Usage: "recover TOKEN -> NAME   (a new token for alice, once every replica accepts it and refuses the dead one again)", args: 1, into: true, needs: scenarios.StoreFaults, compile: compileRecover},
		"restart-store":    {Usage: "restart-store   (what it does not persist is gone)", needs: scenarios.StoreRestart, compile: store(scenarios.TargetStore.Restart)},
		"fail-over-store":  {Usage: "fail-over-store   (its stand-in takes over)", needs: scenarios.StoreFailover, compile: store(scenarios.TargetStore.FailOver)},
		"fill-store":       {Usage: "fill-store   (its memory is used up; mend-store takes it back)", needs: scenarios.StoreFill, compile: store(scenarios.TargetStore.Fill)},
		"reset-store":      {Usage: "reset-store   (connections to it break until mend-store)", needs: scenarios.StoreReset, compile: store(scenarios.TargetStore.Reset)},
		"slow-store":       {Usage: "slow-store D   (it answers so much later until mend-store)", args: 1, needs: scenarios.StoreSlow, compile: compileSlowStore},
		"partition-store":  {Usage: "partition-store replica=N   (which cannot reach it until mend-store)", opts: []string{"replica"}, needs: scenarios.StorePartition, compile: compilePartition},
		"wait-leak-window": {Usage: "wait-leak-window   (as the target declares it; none by default)", compile: always((*scenarios.Play).Propagate)},
	}
}

func always(do func(*scenarios.Play)) func(statement) (func(*player), error) {
	return func(statement) (func(*player), error) { return func(p *player) { do(p.Play) }, nil }
}

func store(do func(scenarios.TargetStore)) func(statement) (func(*player), error) {
	return always(func(p *scenarios.Play) { do(p.Store()) })
}

func compileRecover(st statement) (func(*player), error) {
	return func(p *player) { p.setToken(st.Into, p.Store().Recover(st.Into, p.token(st.Args[0]))) }, nil
}

func compileCall(st statement) (func(*player), error) {
	want, err := oneWord(st.arg(1, string(scenarios.WantAccepted)), scenarios.WantAccepted, scenarios.WantRefused, scenarios.WantNotAccepted, scenarios.WantUnavailable, scenarios.WantClosed, scenarios.WantSurvivor, scenarios.WantStillLive)
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
	return func(p *player) {
		all := opts
		if route > 0 {
			all = append([]scenarios.CallOption{scenarios.On(p.route(route))}, opts...)
		}
		repeated(p, times, func(int) { st.callAt(p, want, all) })
	}, err
}

// repeated does something once more than the count, which the target's limits
// bound.
func repeated(p *player, more int, do func(int)) {
	if more == 0 {
		do(0)
		return
	}
	p.Repeat(p.Sample(more+1), do)
}

// callAt calls at the replica that the options say, or at each.
func (st statement) callAt(p *player, want scenarios.Want, opts []scenarios.CallOption) {
	t := p.token(st.Args[0])
	if st.Opts["replica"] == everyReplica {
		p.CallEverywhere(t, want, opts...)
		return
	}
	p.Call(t, want, opts...)
}

// everyReplica in the place of a replica's number.
const everyReplica = "all"

func (p *player) route(i int) scenarios.Route {
	if i >= len(p.Contract().Routes) {
		p.Undeclared(scenarios.TwoRoutes, "the target has %d protected routes; route %d is needed", len(p.Contract().Routes), i+1)
	}
	return p.Contract().Routes[i]
}

func (st statement) arg(i int, otherwise string) string {
	if i < len(st.Args) {
		return st.Args[i]
	}
	return otherwise
}

func (st statement) callOptions() ([]scenarios.CallOption, error) {
	replica, err := count(st.Opts, "replica")
	if err != nil && !(st.Verb == "call" && st.Opts["replica"] == everyReplica) {
		return nil, err
	}
	via, err := oneWord(st.Opts["via"], scenarios.Vias()...)
	if err != nil {
		return nil, err
	}
	return []scenarios.CallOption{scenarios.At(replica), scenarios.Over(via)}, nil
}

func compileOpen(st statement) (func(*player), error) {
	want, err := oneWord(st.arg(1, string(scenarios.WantAccepted)), scenarios.WantAccepted)
	if err != nil {
		return nil, err
	}
	opts, err := st.callOptions()
	return func(p *player) {
		p.Call(p.token(st.Args[0]), want, append([]scenarios.CallOption{scenarios.Open(p.Contract().OpenRoutes[0])}, opts...)...)
	}, err
}

func compileLogout(st statement) (func(*player), error) {
	want, err := oneWord(st.arg(1, string(scenarios.Acknowledged)), scenarios.Acknowledged, scenarios.Harmless, scenarios.NotAcknowledged)
	if err != nil {
		return nil, err
	}
	if st.Args[0] == "none" && want == scenarios.Acknowledged {
		return nil, fmt.Errorf("a logout without a token ends nothing: say harmless")
	}
	opts, err := st.callOptions()
	return func(p *player) { p.Logout(p.token(st.Args[0]), want, opts...) }, err
}

func compileLogin(st statement) (func(*player), error) {
	if _, err := oneWord(st.Args[0], scenarios.Roles()...); err != nil {
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
	return func(p *player) {
		opts := append(life(p), scenarios.LoginAt(replica))
		if with != "" {
			opts = append(opts, scenarios.LoginWith(func(r *scenarios.Request) { r.Carry(p.Contract().Carrier, p.token(with).Raw) }))
		}
		p.setToken(st.Into, p.Login(st.Args[0], st.Into, opts...))
	}, nil
}
