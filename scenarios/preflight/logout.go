package preflight

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// tryLogout logs a fresh token out and sees to it that the logout is
// acknowledged. What it does to the token is the gateway's affair; that the token
// lives on is kept for the verdict. A login that gives the same token again is
// left alone: scenarios have that token too.
func (t Target) tryLogout(ctx context.Context, o *Observations) {
	if t.Contract.LoginWay() == contract.ByTokens {
		return
	}
	first := t.endOne(ctx, o, o.holders[0])
	if first.Seen == "" {
		return
	}
	for _, h := range o.holders[1:] {
		if t.endOne(ctx, o, h).Seen == "" {
			return // the file is right for one of them
		}
	}
	o.problem(first)
}

// endOne logs a fresh token of a user out, and says what the answer shows to be
// wrong in the contract.
func (t Target) endOne(ctx context.Context, o *Observations, h holder) Problem {
	fresh, session, err := t.begin(ctx, h.user, 0)
	if err != nil || fresh.Raw == h.live.Raw || !t.lives(ctx, h.user, fresh) {
		return Problem{}
	}
	req := wire.LogoutOf(t.Contract, session)
	a := t.Network.Send(ctx, req, wire.Accepted)
	if wire.Acknowledged(t.Contract, a) {
		t.noteEnded(ctx, o, h.user, fresh, req, a)
		return t.otherPath(ctx, o, session, fresh, a)
	}
	if t.saysNothing(a) { // it may have ended the token, and moved a cut-off
		o.Ended = Ended{User: h.user, Raw: fresh.Raw, At: a.Received}
		return Problem{}
	}
	return t.logoutProblem(ctx, session, fresh, a)
}

func (t Target) noteEnded(ctx context.Context, o *Observations, u contract.User, ended token.JWT, req wire.Request, a wire.Answer) {
	o.Ended = Ended{User: u, Raw: ended.Raw, Logout: req.String(), Call: t.Contract.Routes[0].String(), At: a.Received, LogoutStatus: a.Status}
	if t.Contract.LeakWindow > 0 {
		return
	}
	route := t.Contract.Routes[0]
	after := t.call(ctx, route, t.Contract.Carrier, ended.Raw)
	if wire.Judge(t.Contract, route, &u, after) == wire.Accepted {
		o.Ended.Accepted = after.Status
	}
}

// logoutProblem is about a logout of a live token that was not acknowledged.
func (t Target) logoutProblem(ctx context.Context, s wire.Session, live token.JWT, a wire.Answer) Problem {
	l := t.Contract.Logout
	request := l.Method + " " + l.Path
	if missing(a) {
		if t.Network.Send(ctx, wire.LogoutOf(t.Contract, wire.Session{}), wire.Refused).Status == a.Status {
			return noSuch("logout", request, a)
		}
		return Problem{}
	}
	seen := fmt.Sprintf("%s answers %d %s to the logout of a live token", request, a.Status, http.StatusText(a.Status))
	if p := t.moved("logout.path", l.Path, seen, a); a.Status >= 300 && a.Status < 400 && p.Seen != "" {
		return p
	}
	wire.Pause(ctx, t.Contract.LeakWindow)
	if !t.lives(ctx, s.User, live) {
		return wrong("logout.success", seen+", which is dead afterwards", fmt.Sprintf("write success: %s", list(append(slices.Clone(l.Success), a.Status))))
	}
	if changed, write := t.otherLogout(ctx, s, live); write != "" {
		return wrong(changed, seen+"; another request is acknowledged", write)
	}
	return wrong("logout.success", seen+", which lives on: no logout is acknowledged, so that none can be tested",
		"look at logout.path, logout.method and how the token is carried; if this status acknowledges a logout, write success: "+list([]int{a.Status}))
}

// otherLogout tries the logouts that gateways are known to want, and gives the
// key and the line of one that is acknowledged and ends the token.
func (t Target) otherLogout(ctx context.Context, s wire.Session, live token.JWT) (key, write string) {
	for _, field := range slices.Compact([]string{cmp.Or(t.Contract.Logout.TokenField, "token"), "token", "access_token"}) {
		for _, encoding := range []string{"form", "json"} {
			other := t.Contract
			other.Logout.Body, other.Logout.TokenField, other.Logout.Encoding = "", field, encoding
			if t.ends(ctx, other, s, live) {
				return "logout", fmt.Sprintf("write token_field: %s and encoding: %s", field, encoding)
			}
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodDelete, http.MethodGet} {
		other := t.Contract
		other.Logout.Method = method
		if method != t.Contract.Logout.Method && t.ends(ctx, other, s, live) {
			return "logout.method", "write method: " + method
		}
	}
	return "", ""
}

func (t Target) ends(ctx context.Context, as contract.Contract, s wire.Session, live token.JWT) bool {
	a := t.Network.Send(ctx, wire.LogoutOf(as, s), wire.Accepted)
	return wire.Acknowledged(t.Contract, a) && !t.lives(ctx, s.User, live)
}

// lives reports whether a protected route accepts the user's token.
func (t Target) lives(ctx context.Context, u contract.User, of token.JWT) bool {
	route := t.Contract.Routes[0]
	return wire.Judge(t.Contract, route, &u, t.call(ctx, route, t.Contract.Carrier, of.Raw)) == wire.Accepted
}
