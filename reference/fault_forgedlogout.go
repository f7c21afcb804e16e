package reference

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var forgedLogoutFaults = []Fault{
	{Name: "logout-unverified", Summary: "A logout ends the token that is named, without verifying the one that names it.", Plant: Each(leaveUnverified)},
	{Name: "logout-accepts-resigned", Summary: "A logout checks that a token is signed, and not by whom.", Plant: Each(leaveResigned)},
	{
		Name: "logout-accepts-expired", Summary: "A logout with an expired token ends the user's live sessions.",
		Adjust: UseNotBefore, Plant: Each(leaveExpired),
	},
	{Name: "stray-logout-revives", Summary: "A logout that is refused, for want of a good token, empties the deny-list.", Plant: forgetAtStrayLogout},
	{Name: "logout-without-token-names-jti", Summary: "A logout without any token ends the one whose jti stands in its query.", Plant: Each(leaveNamedByNobody)},
	{Name: "logout-trusts-jti-field", Summary: "A logout ends the token whose jti stands in its query or form, whoever sends it.", Plant: Each(leaveNamed)},
}

// ReadLogoutBy replaces how the token of a logout is read.
func ReadLogoutBy(p *Process, read func(Credential) (*token.Token, error)) {
	p.AdmitLogout = func(r *http.Request) (*Call, error) {
		found, err := p.Find(r)
		if err != nil {
			return nil, err
		}
		t, err := read(found)
		if err != nil {
			return nil, ErrInvalid
		}
		return &Call{Credential: found, Token: t}, nil
	}
}

func leaveUnverified(p *Process) {
	ReadLogoutBy(p, func(c Credential) (*token.Token, error) {
		f, ok := TakeApart(c.Raw)
		if !ok {
			return nil, ErrInvalid
		}
		return token.From(&jwt.Token{Raw: c.Raw, Header: f.Header, Claims: jwt.MapClaims(f.Claims), Signature: f.Signature}), nil
	})
}

func leaveResigned(p *Process) {
	ReadLogoutBy(p, func(c Credential) (*token.Token, error) {
		t, err := Unsigned(p, c.Raw)
		if err == nil && len(t.Signature) == 0 {
			err = jwt.ErrTokenSignatureInvalid
		}
		return t, err
	})
}

func leaveNamed(p *Process) {
	p.AdmitLogout = func(r *http.Request) (*Call, error) {
		c, err := p.Identify(r)
		if id := r.FormValue("jti"); err == nil && id != "" {
			named := *c.Token
			named.ID = id
			c.Token = &named
		}
		return c, err
	}
}

func leaveExpired(p *Process) {
	afterExp := *p
	AcceptExpired(&afterExp)
	ReadLogoutBy(p, afterExp.Verify)
}

// forgetAtStrayLogout drops every session that was ended before.
func forgetAtStrayLogout(*Site) func(*Process) {
	endings := &Notes[int]{}
	return func(p *Process) {
		check, end, leaving := p.Check, p.End, p.AdmitLogout
		p.AdmitLogout = func(r *http.Request) (*Call, error) {
			c, err := leaving(r)
			if err != nil {
				Count(endings, "forgotten")
			}
			return c, err
		}
		p.End = func(ctx context.Context, c *Call) error {
			endings.Put(p.Key(c), endings.Get("forgotten")+1)
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			if at := endings.Get(p.Key(c)); at > 0 && at <= endings.Get("forgotten") {
				return nil
			}
			return check(ctx, c)
		}
	}
}

func leaveNamedByNobody(p *Process) {
	leaving := p.AdmitLogout
	p.AdmitLogout = func(r *http.Request) (*Call, error) {
		c, err := leaving(r)
		if id := r.URL.Query().Get("jti"); errors.Is(err, ErrNoToken) && id != "" {
			return &Call{Credential: Credential{Request: r}, Token: &token.Token{Issuer: Issuer, ID: id, Expires: p.Now().Add(time.Hour)}}, nil
		}
		return c, err
	}
}
