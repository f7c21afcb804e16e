package preflight

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// compareRevokeAll looks whether anybody knows the requests that end all sessions of
// a user and that let the user in again. The first is sent with a token that was
// made up, and not at all where it may do what it says without one.
func (t Target) compareRevokeAll(ctx context.Context, o *Observations) {
	r := t.Contract.RevokeAll
	if r == nil {
		return
	}
	if needsToken(*r) {
		made := wire.Session{Raw: notAToken, Refresh: notAToken, User: t.Contract.Users[0]}
		o.problem(t.actionProblem(ctx, "revoke_all", r.Action, made))
	}
	if r.Undo != nil {
		o.problem(t.actionProblem(ctx, "revoke_all.undo", *r.Undo, wire.Session{}))
	}
}

// needsToken reports whether a sign-out everywhere does nothing without a token of
// the user: what else it shows may be an administrator's credentials.
func needsToken(r contract.RevokeAll) bool {
	for _, v := range r.Fields {
		if contract.OfLogin(v) {
			return true
		}
	}
	return r.Carrier != contract.NoCarrier && len(r.Headers) == 0
}

// actionProblem is about a request whose path or method nobody knows. What else it
// answers is the gateway's affair.
func (t Target) actionProblem(ctx context.Context, at string, a contract.Action, s wire.Session) Problem {
	key := at + ".path"
	if a.URL != "" {
		key = at + ".url"
	}
	answer := t.Network.Send(ctx, wire.ActionOf(t.Contract, a, s), wire.Refused)
	request := a.Method + " " + a.Path
	switch {
	case answer.Err != nil && a.URL != "":
		return wrong(key, fmt.Sprintf("%s gives no answer: %s", request, wire.Reason(answer.Err)), "write the URL of another host as it is reached from here; if it is the gateway's own, write its path")
	case answer.Status != http.StatusNotFound && answer.Status != http.StatusMethodNotAllowed:
		return Problem{}
	}
	seen := fmt.Sprintf("%s answers %d %s", request, answer.Status, http.StatusText(answer.Status))
	if t.unknownAlike(ctx, a, s, answer) {
		return wrong(key, seen+", as it does at a path beside it that is made up", "write where that request goes")
	}
	if answer.Status == http.StatusNotFound {
		return Problem{} // somebody knows the path, and not the token
	}
	fix := "write the method that it takes"
	if allowed := answer.Header.Get("Allow"); allowed != "" {
		fix = "write one of the methods that it allows: " + allowed
	}
	return wrong(at+".method", seen, fix)
}

// unknownAlike reports whether a path beside the declared one, which is made up, is
// answered alike but for the path itself.
func (t Target) unknownAlike(ctx context.Context, a contract.Action, s wire.Session, declared wire.Answer) bool {
	beside := a
	beside.Path = madeUpBeside(a.Path)
	answer := t.Network.Send(ctx, wire.ActionOf(t.Contract, beside, s), wire.Refused)
	without := func(body []byte, path string) []byte { return bytes.ReplaceAll(body, []byte(path), nil) }
	return answer.Status == declared.Status && len(without(answer.Body, beside.Path)) == len(without(declared.Body, a.Path))
}
