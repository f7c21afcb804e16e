package reference

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var forgedLogoutFaults = []fault{
	{Name: "logout-unverified", Summary: "A logout ends the token that is named, without verifying the one that names it.", plant: each(leaveUnverified)},
	{Name: "logout-accepts-resigned", Summary: "A logout checks that a token is signed, and not by whom.", plant: each(leaveResigned)},
	{
		Name: "logout-accepts-expired", Summary: "A logout with an expired token ends the user's live sessions.",
		adjust: useNotBefore, plant: each(leaveExpired),
	},
	{Name: "stray-logout-revives", Summary: "A logout that is refused, for want of a good token, empties the deny-list.", plant: forgetAtStrayLogout},
	{Name: "logout-without-token-names-jti", Summary: "A logout without any token ends the one whose jti stands in its query.", plant: each(leaveNamedByNobody)},
	{Name: "logout-trusts-jti-field", Summary: "A logout ends the token whose jti stands in its query or form, whoever sends it.", plant: each(leaveNamed)},
}

// leave replaces how the token of a logout is read.
func leave(p *process, read func(credential) (*token.Token, error)) {
	p.leaving = func(r *http.Request) (*call, error) {
		found, err := p.find(r)
		if err != nil {
			return nil, err
		}
		t, err := read(found)
		if err != nil {
			return nil, errInvalid
		}
		return &call{credential: found, token: t}, nil
	}
}

func leaveUnverified(p *process) {
	leave(p, func(c credential) (*token.Token, error) {
		f, ok := takeApart(c.raw)
		if !ok {
			return nil, errInvalid
		}
		return token.From(&jwt.Token{Raw: c.raw, Header: f.header, Claims: jwt.MapClaims(f.claims), Signature: f.signature}), nil
	})
}

func leaveResigned(p *process) {
	leave(p, func(c credential) (*token.Token, error) {
		t, err := unsigned(p, c.raw)
		if err == nil && len(t.Signature) == 0 {
			err = jwt.ErrTokenSignatureInvalid
		}
		return t, err
	})
}

func leaveNamed(p *process) {
	p.leaving = func(r *http.Request) (*call, error) {
		c, err := p.identify(r)
		if id := r.FormValue("jti"); err == nil && id != "" {
			named := *c.token
			named.ID = id
			c.token = &named
		}
		return c, err
	}
}

func leaveExpired(p *process) {
	afterExp := *p
	acceptExpired(&afterExp)
	leave(p, afterExp.verify)
}

// forgetAtStrayLogout drops every session that was ended before.
func forgetAtStrayLogout(*site) func(*process) {
	endings := &notes[int]{}
	return func(p *process) {
		check, end, leaving := p.check, p.end, p.leaving
		p.leaving = func(r *http.Request) (*call, error) {
			c, err := leaving(r)
			if err != nil {
				count(endings, "forgotten")
			}
			return c, err
		}
		p.end = func(ctx context.Context, c *call) error {
			endings.put(p.key(c), endings.get("forgotten")+1)
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			if at := endings.get(p.key(c)); at > 0 && at <= endings.get("forgotten") {
				return nil
			}
			return check(ctx, c)
		}
	}
}

func leaveNamedByNobody(p *process) {
	leaving := p.leaving
	p.leaving = func(r *http.Request) (*call, error) {
		c, err := leaving(r)
		if id := r.URL.Query().Get("jti"); errors.Is(err, errNoToken) && id != "" {
			return &call{credential: credential{request: r}, token: &token.Token{Issuer: Issuer, ID: id, Expires: p.now().Add(time.Hour)}}, nil
		}
		return c, err
	}
}
