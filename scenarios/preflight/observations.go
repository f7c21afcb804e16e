package preflight

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Observations are what a target showed before any scenario ran, and what of
// the contract they contradict.
type Observations struct {
	Clock
	// Algorithm of an issued token, as its header names it.
	Algorithm string
	// Lifetime of a token when none is asked for; 0 if it has no exp.
	Lifetime time.Duration
	// Asked is the lifetime that was asked for, 0 if none can be; Granted is
	// the one that the token was given, 0 if it has no exp.
	Asked, Granted time.Duration
	// Routes are the answers of the protected and the open routes.
	Routes []RouteSeen
	// Problems are in the order in which they were found.
	Problems []Problem
	// Ended is the token that was logged out, or may have been; its Raw is empty
	// if none was.
	Ended Ended
	// Bare is a request that breaks the target for want of a token.
	Bare    Bare
	holders []holder
	reached []wire.Answer // without a token, by endpoint
}

// Ended is a token that was logged out to see whether that is acknowledged.
type Ended struct {
	User contract.User
	Raw  string
	// Logout and Call are the requests, without the token, and At is when the
	// logout was acknowledged.
	Logout, Call string
	At           time.Time
	// LogoutStatus acknowledged it.
	LogoutStatus int
	// Accepted is the status with which the token was accepted afterwards; 0 if
	// it was not.
	Accepted int
}

// Line is the line of the file that Where names; 0 if it names none.
func (p Problem) Line() int {
	line, _ := strconv.Atoi(p.Where[strings.LastIndexByte(p.Where, ':')+1:])
	return line
}

// Lines has a line for each problem, after one that says what they are if there
// are several.
func Lines(problems []Problem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.String()
	}
	if len(lines) > 1 {
		head := fmt.Sprintf("%d lines of the target file do not describe the gateway, and nothing was tested:", len(lines))
		lines = slices.Insert(lines, 0, head)
	}
	return strings.Join(lines, "\n")
}

// problem adds one, unless it is none or its key has one already.
func (o *Observations) problem(p Problem) {
	known := slices.ContainsFunc(o.Problems, func(q Problem) bool { return q.Key == p.Key })
	if p.Seen != "" && !known {
		o.Problems = append(o.Problems, p)
	}
}

// Problem is what an answer of the target contradicts in the contract. Whoever
// read the target file knows the line of its key.
type Problem struct {
	// Key of the target file, such as "routes[0].identity".
	Key string
	// Seen is what the target showed, and Fix what to do about it.
	Seen, Fix string
	// Where is the file and line of the key, if a file was read.
	Where string
}

func wrong(key, seen, fix string) Problem { return Problem{Key: key, Seen: seen, Fix: fix} }

// String is "key: seen; fix", after where that is.
func (p Problem) String() string {
	text := p.Key + ": " + p.Seen + "; " + p.Fix
	if p.Where == "" {
		return text
	}
	return p.Where + ": " + text
}

// At are the problems of a key and of what lies below it, as text; "" if there
// are none.
func (o Observations) At(key string) string {
	var all []string
	for _, p := range o.Problems {
		if p.Key == key || strings.HasPrefix(p.Key, key+".") || strings.HasPrefix(p.Key, key+"[") {
			all = append(all, p.Seen)
		}
	}
	return strings.Join(all, "; ")
}

// GrantsLifetime reports whether a lifetime that was asked for was granted,
// within the tolerance that scenarios have.
func (o Observations) GrantsLifetime() bool {
	return o.Asked > 0 && o.Granted > 0 && (o.Granted-o.Asked).Abs() <= 2*time.Second+o.Unsure
}

// Lifetimes adds how long tokens live to what Check observed. An error is an
// *Error.
func (t Target) Lifetimes(ctx context.Context, o Observations) (Observations, error) {
	now := time.Now
	if t.Now != nil {
		now = t.Now
	}
	first := t.Contract.Users[0]
	live, err := t.obtain(ctx, first, 0)
	if err != nil {
		return o, err
	}
	o.Algorithm, o.Lifetime = live.Alg(), live.LeftAt(now().Add(o.Ahead))
	if o.Asked = trialLifetime(t.Contract.Login); o.Asked > 0 {
		other, err := t.obtain(ctx, first, o.Asked)
		if err != nil {
			return o, err
		}
		o.Granted = other.LeftAt(now().Add(o.Ahead))
	}
	return o, nil
}

// trialLifetime is a lifetime to ask for that the contract says is granted, in
// whole seconds: a minute, or what is nearest to it.
func trialLifetime(l contract.Login) time.Duration {
	if l.LifetimeField == "" {
		return 0
	}
	life := max(time.Minute, l.MinLifetime)
	if l.MaxLifetime > 0 {
		life = min(life, l.MaxLifetime)
	}
	return time.Duration(math.Ceil(life.Seconds())) * time.Second
}

// obtain gets a token of a user whom Check has found to have some.
func (t Target) obtain(ctx context.Context, u contract.User, life time.Duration) (token.JWT, error) {
	got, _, err := t.begin(ctx, u, life)
	return got, err
}

// begin is obtain with what else came with the token.
func (t Target) begin(ctx context.Context, u contract.User, life time.Duration) (token.JWT, wire.Session, error) {
	if t.Contract.LoginWay() == contract.ByTokens {
		got, err := token.Parse(u.Tokens[0])
		return got, wire.Session{Raw: got.Raw, User: u}, err
	}
	s, away, why := wire.Obtain(ctx, t.Network, t.Contract, t.Login, u, life)
	if why == "" {
		t.keep(s.Raw)
		t.keep(s.Refresh)
		got, err := token.Parse(s.Raw)
		if err == nil {
			return got, s, nil
		}
		why = err.Error()
	}
	return token.JWT{}, s, &Error{Unreachable: away, What: fmt.Sprintf("a further login of user %q gave no usable token", u.Name), Fix: why}
}
