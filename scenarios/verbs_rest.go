package scenarios

import (
	"fmt"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// compileLife reads life=: a time, "short", or "at-least-" and a time.
func compileLife(word string) (func(*Play) []LoginOption, error) {
	switch least, ok := strings.CutPrefix(word, "at-least-"); {
	case word == "":
		return func(*Play) []LoginOption { return nil }, nil
	case word == "short":
		return (*Play).ShortLived, nil
	case ok:
		d, err := positive(least)
		return func(*Play) []LoginOption { return []LoginOption{LifeAtLeast(d)} }, err
	}
	d, err := positive(word)
	return func(*Play) []LoginOption { return []LoginOption{Life(d)} }, err
}

func compileCopy(st Statement) (func(*Play), error) {
	return func(p *Play) {
		t := p.Copy(p.token(st.Args[0]), st.Into)
		p.setToken(st.Into, t)
		p.Step(report.Step{Actual: t.String(), OK: true})
	}, nil
}

func compileTamper(st Statement) (func(*Play), error) {
	part, err := oneWord(st.Args[1], "signature", "claims")
	if err != nil {
		return nil, err
	}
	return func(p *Play) {
		t := p.token(st.Args[0])
		raw := tampered(t.Raw, map[string]int{"claims": 1, "signature": 2}[part])
		p.setToken(st.Into, p.Respell(t, st.Into, raw))
		p.Step(report.Step{Actual: "one character in the middle of the " + part + " changed", OK: true})
	}, nil
}

// TamperedSignature is a token whose signature does not verify.
func TamperedSignature(raw string) string { return tampered(raw, 2) }

// tampered changes the middle character of one part of a token. The last one
// would not do: its low bits may not count (peers call that trailing bits).
func tampered(raw string, part int) string {
	parts := strings.Split(raw, ".")
	b := []byte(parts[part])
	if i := len(b) / 2; len(b) > 0 {
		b[i] = map[bool]byte{true: 'B', false: 'A'}[b[i] == 'A']
	}
	parts[part] = string(b)
	return strings.Join(parts, ".")
}

func compileMint(st Statement) (func(*Play), error) {
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
	return func(p *Play) {
		change := map[string]any{}
		for k, v := range set {
			change[k] = v
		}
		for k, d := range shift {
			change[k] = p.Now().Add(d).Unix()
		}
		p.setToken(st.Into, p.MintFrom(p.token(st.Args[0]), st.Into, change))
	}, nil
}

func compileWait(st Statement) (func(*Play), error) {
	d, err := positive(st.Args[0])
	return func(p *Play) { p.Wait(d) }, err
}

func compileWaitUntil(st Statement) (func(*Play), error) {
	side, err := oneWord(st.Args[1], "before-exp", "after-exp")
	return func(p *Play) {
		exp, ok := p.token(st.Args[0]).Exp()
		if !ok {
			p.Undeclared(Expiry, "the token has no exp")
		}
		if side == "before-exp" {
			p.WaitUntil(exp.Add(-p.Guard()))
			return
		}
		p.WaitUntil(exp.Add(p.contract.Leeway + p.Guard()))
	}, err
}

func compileHits(st Statement) (func(*Play), error) {
	what, err := oneWord(st.Args[0], "mark", "same", "more")
	do := map[string]func(*Play){"mark": (*Play).MarkHits, "same": (*Play).SameHits, "more": (*Play).MoreHits}[what]
	return do, err
}

func compileRestart(st Statement) (func(*Play), error) {
	i, err := count(st.Opts, "replica")
	return func(p *Play) { p.RestartReplica(i) }, err
}

func compilePartition(st Statement) (func(*Play), error) {
	i, err := count(st.Opts, "replica")
	return func(p *Play) { p.PartitionStore(i) }, err
}

func compileSlowStore(st Statement) (func(*Play), error) {
	d, err := positive(st.Args[0])
	return func(p *Play) { p.SlowStore(d) }, err
}
