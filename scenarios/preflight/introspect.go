package preflight

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/ohler55/ojg/oj"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// compareIntrospection asks about a live token. That it is called inactive proves no
// line wrong, unless another request has it called active.
func (t Target) compareIntrospection(ctx context.Context, o *Observations) {
	if t.Contract.Introspect == nil {
		return
	}
	live := o.holders[0].live.Raw
	a := t.introspect(ctx, t.Contract, live)
	if a.Err != nil && t.Contract.Introspect.URL != "" {
		o.problem(wrong("introspect.url", fmt.Sprintf("%s gives no answer: %s", t.Contract.Introspect, wire.Reason(a.Err)), "write the URL of the introspection"))
		return
	}
	if t.saysNothing(a) || wire.ActivityIn(t.Contract, a) == wire.Active {
		return
	}
	o.problem(t.introspectionProblem(ctx, a, live))
}

func (t Target) introspect(ctx context.Context, as contract.Contract, raw string) wire.Answer {
	return t.Network.Send(ctx, wire.IntrospectionOf(as, raw), wire.Accepted)
}

func (t Target) introspectionProblem(ctx context.Context, a wire.Answer, live string) Problem {
	i := *t.Contract.Introspect
	seen := fmt.Sprintf("%s answers %d %s about a live token", i, a.Status, http.StatusText(a.Status))
	switch {
	case a.Status == http.StatusNotFound:
		return wrong(i.Key(), seen, "write where the gateway has its introspection")
	case a.Status >= 300 && a.Status < 400:
		return wrong(i.Key(), seen, "write where the introspection itself is")
	case a.Status == http.StatusMethodNotAllowed:
		return wrong("introspect.method", seen, "write the method that the introspection takes, which is POST by RFC 7662")
	}
	if p := t.otherIntrospection(ctx, seen, live); p.Seen != "" {
		return p
	}
	switch {
	case a.Status >= 400 && t.elsewhereAlike(ctx, a, live):
		return wrong(i.Key(), seen+", and at a path beside it that nobody has", "write where the gateway has its introspection")
	case a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden:
		key, fix := credentials(i)
		return wrong(key, seen+": it does not take who asks", fix)
	case a.Status >= 400:
		return wrong("introspect.token_field", seen+": it does not take the request", "write token_field, encoding and fields as the introspection wants them")
	}
	return pathProblem(i, seen, a)
}

// elsewhereAlike reports whether a made-up path beside the introspection answers
// with the same status.
func (t Target) elsewhereAlike(ctx context.Context, a wire.Answer, live string) bool {
	req := wire.IntrospectionOf(t.Contract, live)
	req.Path = madeUpBeside(req.Path)
	return t.Network.Send(ctx, req, wire.Refused).Status == a.Status
}

// pathProblem is about an answer that does not say of a live token that it is
// active. Where the path is there, the target says so.
func pathProblem(i contract.Introspect, seen string, a wire.Answer) Problem {
	if hasPath(a.Body, i.Active) {
		return Problem{}
	}
	seen += fmt.Sprintf(", with nothing at %s", i.Active)
	if paths := pathsToTrue(a.Body); len(paths) > 0 {
		return wrong("introspect.active", fmt.Sprintf("%s; it has true at %s", seen, paths[0]), "write active: "+paths[0])
	}
	if doc, err := oj.Parse(a.Body); err != nil || doc == nil {
		return wrong(i.Key(), seen+"; it is not JSON", "write where the introspection itself is")
	}
	return wrong("introspect.active", seen, "write the JSON path at which it says true of a token that is active")
}

// pathsToTrue are the JSON paths at which a document says true, the shortest first.
func pathsToTrue(body []byte) []string {
	var found []string
	walk(body, func(path string, value any) {
		if value == true {
			found = append(found, path)
		}
	})
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) })
	return found
}

// credentials are the key of what who asks shows, and what to do about it.
func credentials(i contract.Introspect) (key, fix string) {
	switch {
	case i.Bearer != "":
		return "introspect.bearer", "write a token that lets its bearer ask"
	case i.ClientID != "":
		return "introspect.client_secret", "write client_id and client_secret of a client that may ask"
	}
	return "introspect", "write client_id and client_secret of a client that may ask, or a bearer token that lets its bearer"
}

// otherIntrospection tries the requests that introspections are known to want: the
// line of one is proved that has the live token called active, and not what is no
// token.
func (t Target) otherIntrospection(ctx context.Context, seen, live string) Problem {
	for _, try := range otherRequests(*t.Contract.Introspect) {
		other := t.Contract
		other.Introspect = &try.as
		if wire.ActivityIn(other, t.introspect(ctx, other, live)) == wire.Active && wire.ActivityIn(other, t.introspect(ctx, other, notAToken)) != wire.Active {
			return wrong(try.key, seen+"; it calls it active in another request", try.fix)
		}
	}
	return Problem{}
}

// otherRequest is an introspection with another line of the target file.
type otherRequest struct {
	key, fix string
	as       contract.Introspect
}

func otherRequests(i contract.Introspect) []otherRequest {
	var all []otherRequest
	add := func(key, line string, change func(*contract.Introspect)) {
		as := i
		change(&as)
		all = append(all, otherRequest{"introspect." + key, "write " + line, as})
	}
	if i.ClientID != "" {
		auth := map[string]string{"basic": "body", "body": "basic"}[i.ClientAuth]
		add("client_auth", "client_auth: "+auth, func(as *contract.Introspect) { as.ClientAuth = auth })
	}
	encoding := map[string]string{"form": "json", "json": "form"}[i.Encoding]
	add("encoding", "encoding: "+encoding, func(as *contract.Introspect) { as.Encoding = encoding })
	for _, field := range []string{"token", "access_token"} {
		if field != i.TokenField {
			add("token_field", "token_field: "+field, func(as *contract.Introspect) { as.TokenField = field })
		}
	}
	return all
}
