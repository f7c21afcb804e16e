package preflight

import (
	"context"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// compareSession begins a session and looks whether the login gives what the
// contract says that it does, and whether that can be refreshed.
func (t Target) compareSession(ctx context.Context, o *Observations) {
	c, u := t.Contract, t.Contract.Users[0]
	if c.LoginWay() == contract.ByTokens || c.Refresh == nil && !c.NamesLogin() {
		return
	}
	raw, a, ok := t.answered(ctx, u)
	if !ok {
		return // an earlier login gave one
	}
	s := wire.SessionIn(c, u, raw, a)
	t.keep(raw)
	t.keep(s.Refresh)
	missing := t.missingFields(a)
	for _, p := range missing {
		o.problem(p)
	}
	if c.Refresh == nil {
		return
	}
	if c.Refresh.HasToken() && s.Refresh == "" {
		o.problem(t.noRefreshToken(*c.Refresh, a))
		return
	}
	o.problem(t.tryRefresh(ctx, s))
}

// answered is a token of a user and the answer that had it, by whichever way.
func (t Target) answered(ctx context.Context, u contract.User) (raw string, a wire.Answer, ok bool) {
	if t.Contract.LoginWay() != contract.ByPath {
		g, why := wire.FromSource(ctx, t.Network, t.Contract, t.Login, u)
		return g.Token, wire.Answer{Body: g.Answer}, why == ""
	}
	a = t.Network.Send(ctx, wire.LoginOf(t.Contract, u, 0), wire.Accepted)
	raw, why := wire.TokenIn(t.Contract, a)
	return raw, a, why == ""
}

// loginsAnswer names the answer that had a token.
func (t Target) loginsAnswer(a wire.Answer) string {
	switch {
	case t.Contract.LoginWay() == contract.ByPath:
		return fmt.Sprintf("the login's answer (%d)", a.Status)
	case len(a.Body) == 0:
		return "what " + string(t.Contract.LoginWay()) + " gave is a token alone, which"
	}
	return "what " + string(t.Contract.LoginWay()) + " gave"
}

// missingFields are the fields of a logout for which the login's answer has nothing.
func (t Target) missingFields(a wire.Answer) (found []Problem) {
	for name, value := range t.Contract.Logout.Fields {
		if !contract.OfLogin(value) || t.Contract.Refresh != nil && t.Contract.Refresh.Cookie != "" && value == t.Contract.Refresh.AtLogin {
			continue
		}
		if _, ok := wire.Pick(a.Body, value); !ok {
			found = append(found, wrong("logout.fields."+name, fmt.Sprintf("%s has nothing at %s", t.loginsAnswer(a), value), writeRefreshPath(name+": ", a)))
		}
	}
	return found
}

// noRefreshToken is about a login that gives no refresh token where it is said to
// be.
func (t Target) noRefreshToken(r contract.Refresh, a wire.Answer) Problem {
	if r.Cookie != "" {
		return wrong("refresh.cookie", fmt.Sprintf("the login's answer (%d) sets no cookie %s", a.Status, r.Cookie), writeRefreshPath("at_login: ", a))
	}
	fix := writeRefreshPath("at_login: ", a)
	if t.Contract.LoginWay() == contract.ByOAuth && refreshPath(a) == "" {
		fix = "ask for one: many token endpoints give a refresh token with login.oauth.scope: offline_access, and none with grant: client_credentials"
	}
	return wrong("refresh.at_login", fmt.Sprintf("%s has nothing at %s", t.loginsAnswer(a), r.AtLogin), fix)
}

// writeRefreshPath says where else an answer has a refresh token.
func writeRefreshPath(key string, a wire.Answer) string {
	if at := refreshPath(a); at != "" {
		return "write " + key + at
	}
	for _, line := range a.Header.Values("Set-Cookie") {
		name, _, _ := strings.Cut(line, "=")
		if strings.Contains(strings.ToLower(name), "refresh") {
			return "write cookie: " + name + " under refresh"
		}
	}
	return "write where the answer has it; if a login gives no refresh token and the access token buys the next one, write with: access_token under refresh"
}

// refreshPath is the JSON path of a text whose name says that it is a refresh token;
// "" if there is none.
func refreshPath(a wire.Answer) string {
	return textAt(a, func(name, _ string) bool {
		return strings.Contains(name, "refresh") && !strings.Contains(name, "expire")
	})
}

// textAt is the JSON path of the first text that is as wanted; "" if none is. Its
// path comes in lower case.
func textAt(a wire.Answer, wanted func(path, text string) bool) (found string) {
	walk(a.Body, func(at string, value any) {
		if s, ok := value.(string); ok && s != "" && found == "" && wanted(strings.ToLower(at), s) {
			found = at
		}
	})
	return found
}

// tryRefresh refreshes a live session. That it is refused is the gateway's affair,
// unless another request is not, or nobody knows the path.
func (t Target) tryRefresh(ctx context.Context, s wire.Session) Problem {
	a := t.Network.Send(ctx, wire.RefreshOf(t.Contract, s), wire.Accepted)
	r := t.Contract.Refresh
	next, why := wire.Renewed(t.Contract, s, a)
	request := r.Method + " " + r.Path
	switch {
	case why == "":
		return t.renewedProblem(s, next, a)
	case t.saysNothing(a):
		return Problem{}
	case contract.Success(a.Status):
		return t.newTokenElsewhere(a)
	}
	seen := fmt.Sprintf("%s answers %d to the refresh of a live session", request, a.Status)
	if key, write := t.otherRefresh(ctx, s); write != "" {
		return wrong(key, seen+"; another request is given a token", write)
	}
	nobody := *r
	nobody.Path = madeUpBeside(r.Path)
	as := t.Contract
	as.Refresh = &nobody
	made := t.Network.Send(ctx, wire.RefreshOf(as, s), wire.Refused)
	if made.Status != a.Status || len(made.Body) != len(a.Body) {
		return Problem{}
	}
	if r.URL != "" {
		return wrong("refresh.url", seen+", as it does at a path that is made up", "write the URL at which tokens are refreshed, with its method and fields")
	}
	for _, known := range []string{"/refresh", "/token", "/auth/refresh", "/api/refresh", "/oauth/token", "/oauth2/token", "/token/refresh"} {
		if nobody.Path = known; t.renews(ctx, as, s) {
			return wrong("refresh.path", seen+", as any path there does; "+known+" gives a token", "write path: "+known)
		}
	}
	return wrong("refresh.path", seen+", as it does at a path that is made up", "write the path at which the gateway refreshes tokens, with its method and fields")
}

// renewedProblem is about a token that a refresh gave.
func (t Target) renewedProblem(s, next wire.Session, a wire.Answer) Problem {
	t.keep(next.Raw)
	t.keep(next.Refresh)
	r := t.Contract.Refresh
	if _, err := token.Parse(next.Raw); err != nil {
		p := t.newTokenElsewhere(a)
		p.Seen = fmt.Sprintf("the refresh gave something else than a JWT: %s", err)
		return p
	}
	if at := refreshPath(a); r.Rotates && r.Cookie == "" && next.Refresh == s.Refresh && at != "" && at != r.RefreshToken {
		return wrong("refresh.refresh_token", fmt.Sprintf("the refresh's answer (%d) has nothing at %s", a.Status, r.RefreshToken), "write refresh_token: "+at)
	}
	return Problem{}
}

// newTokenElsewhere is about a refresh whose answer has no token where it should.
func (t Target) newTokenElsewhere(a wire.Answer) Problem {
	_, why := wire.Renewed(t.Contract, wire.Session{}, a)
	write := "write the JSON path of the new access token in the refresh's answer"
	if at := textAt(a, func(_, text string) bool { _, err := token.Parse(text); return err == nil }); at != "" {
		write = "write token: " + at
	}
	return wrong("refresh.token", "the refresh of a live session gave no token: "+why, write)
}

// otherRefresh tries the requests that gateways are known to want, and gives the
// key and the line of one that is given a token.
func (t Target) otherRefresh(ctx context.Context, s wire.Session) (key, write string) {
	tries := []otherWay{
		{"refresh.encoding", "write encoding: form", func(r *contract.Refresh) { r.Encoding = "form" }},
		{"refresh.encoding", "write encoding: json", func(r *contract.Refresh) { r.Encoding = "json" }},
		{"refresh.fields", "write encoding: form and fields: {grant_type: refresh_token}", func(r *contract.Refresh) {
			r.Encoding, r.Fields = "form", map[string]string{"grant_type": "refresh_token"}
		}},
		{"refresh.fields", "write fields: {grant_type: refresh_token}", func(r *contract.Refresh) { r.Fields = map[string]string{"grant_type": "refresh_token"} }},
		{"refresh.token_field", "write token_field: refreshToken", func(r *contract.Refresh) { r.TokenField = "refreshToken" }},
		{"refresh.token_field", "write token_field: token", func(r *contract.Refresh) { r.TokenField = "token" }},
		{"refresh.token_field", "write token_field: refresh_token", func(r *contract.Refresh) { r.TokenField = "refresh_token" }},
		{"refresh.with", "write with: both", func(r *contract.Refresh) { r.With = contract.WithBoth }},
		{"refresh.method", "write method: POST", func(r *contract.Refresh) { r.Method = "POST" }},
		{"refresh.method", "write method: GET", func(r *contract.Refresh) { r.Method = "GET" }},
	}
	for _, try := range append(t.otherClients(s.User), tries...) {
		r := *t.Contract.Refresh
		try.change(&r)
		as := t.Contract
		as.Refresh = &r
		if t.renews(ctx, as, s) {
			return try.key, try.write
		}
	}
	return "", ""
}

// otherWay is a change of a refresh, with the key and the line that make it.
type otherWay struct {
	key, write string
	change     func(*contract.Refresh)
}

// otherClients are the ways to show the client of a user that the contract leaves.
func (t Target) otherClients(u contract.User) (ways []otherWay) {
	if id, _ := t.Contract.ClientOf(u); id == "" {
		return nil
	}
	for _, auth := range []string{"body", "basic"} {
		if auth != t.Contract.Refresh.ClientAuth {
			ways = append(ways, otherWay{"refresh.client_auth", "write client_auth: " + auth, func(r *contract.Refresh) { r.ClientAuth = auth }})
		}
	}
	return ways
}

func (t Target) renews(ctx context.Context, as contract.Contract, s wire.Session) bool {
	next, why := wire.Renewed(as, s, t.Network.Send(ctx, wire.RefreshOf(as, s), wire.Accepted))
	t.keep(next.Raw)
	t.keep(next.Refresh)
	_, err := token.Parse(next.Raw)
	return why == "" && err == nil
}
