package script

import (
	"fmt"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/token"
)

// compileLife reads life=: a time, "short", or "at-least-" and a time.
func compileLife(word string) (func(*player) []scenarios.LoginOption, error) {
	switch least, ok := strings.CutPrefix(word, "at-least-"); {
	case word == "":
		return func(*player) []scenarios.LoginOption { return nil }, nil
	case word == "short":
		return func(p *player) []scenarios.LoginOption { return p.ShortLived() }, nil
	case ok:
		d, err := positive(least)
		return func(*player) []scenarios.LoginOption { return []scenarios.LoginOption{scenarios.LifeAtLeast(d)} }, err
	}
	d, err := positive(word)
	return func(*player) []scenarios.LoginOption { return []scenarios.LoginOption{scenarios.Life(d)} }, err
}

func compileCopy(st statement) (func(*player), error) {
	return func(p *player) {
		t := p.Copy(p.token(st.Args[0]), st.Into)
		p.setToken(st.Into, t)
		p.Step(report.Step{Actual: t.String(), OK: true})
	}, nil
}

func compileTamper(st statement) (func(*player), error) {
	part, err := oneWord(st.Args[1], "signature", "claims")
	if err != nil {
		return nil, err
	}
	return func(p *player) {
		t := p.token(st.Args[0])
		raw := map[string]func(string) string{"claims": token.TamperClaims, "signature": token.TamperSignature}[part](t.Raw)
		p.setToken(st.Into, p.Respell(t, st.Into, raw))
		p.Step(report.Step{Actual: "one character in the middle of the " + part + " changed", OK: true})
	}, nil
}

func compileMint(st statement) (func(*player), error) {
	shift := map[string]time.Duration{}
	set := map[string]any{}
	for key, word := range st.Opts {
		after, later := strings.CutPrefix(word, "+")
		before, earlier := strings.CutPrefix(word, "-")
		switch {
		case word == "none":
			set[key] = nil
		case key != "exp" && key != "nbf" && key != "iat":
			set[key] = word
		case later || earlier:
			d, err := positive(map[bool]string{true: after, false: before}[later])
			if err != nil {
				return nil, err
			}
			shift[key] = map[bool]time.Duration{true: d, false: -d}[later]
		default:
			return nil, fmt.Errorf("%s=%s: +D or -D from now, or none", key, word)
		}
	}
	return func(p *player) {
		change := map[string]any{}
		for k, v := range set {
			change[k] = v
		}
		for k, d := range shift {
			change[k] = p.Clock().Now().Add(d).Unix()
		}
		p.setToken(st.Into, p.MintFrom(p.token(st.Args[0]), st.Into, change))
	}, nil
}

func compileWait(st statement) (func(*player), error) {
	d, err := positive(st.Args[0])
	return func(p *player) { p.Clock().Wait(d) }, err
}

func compileWaitUntil(st statement) (func(*player), error) {
	side, err := oneWord(st.Args[1], "before-exp", "after-exp")
	return func(p *player) {
		exp, ok := p.token(st.Args[0]).Exp()
		if !ok {
			p.Undeclared(scenarios.Expiry, "the token has no exp")
		}
		if side == "before-exp" {
			p.Clock().WaitUntil(exp.Add(-p.Clock().Guard()))
			return
		}
		p.Clock().WaitUntil(exp.Add(p.Contract().Leeway + p.Clock().Guard()))
	}, err
}

func compileHits(st statement) (func(*player), error) {
	what, err := oneWord(st.Args[0], "mark", "same", "more")
	do := map[string]func(scenarios.BackendHits){"mark": scenarios.BackendHits.Mark, "same": scenarios.BackendHits.Same, "more": scenarios.BackendHits.More}[what]
	return func(p *player) { do(p.Hits()) }, err
}

func compileRestart(st statement) (func(*player), error) {
	i, err := count(st.Opts, "replica")
	return func(p *player) { p.RestartReplica(i) }, err
}

func compilePartition(st statement) (func(*player), error) {
	i, err := count(st.Opts, "replica")
	return func(p *player) { p.Store().Partition(i) }, err
}

func compileSlowStore(st statement) (func(*player), error) {
	d, err := positive(st.Args[0])
	return func(p *player) { p.Store().Slow(d) }, err
}
