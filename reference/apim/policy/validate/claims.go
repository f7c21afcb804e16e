package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// requiredClaim is one claim of required-claims.
type requiredClaim struct {
	name, separator string
	all             bool // match="all"
	values          []policy.Value
}

func (p *validateJwt) loadChildren(e *policy.Element) {
	for _, n := range e.Children {
		child := e.Child(n)
		switch n.Name {
		case "openid-config":
			child.Empty()
			p.openID = append(p.openID, child.RequiredValue("url"))
		case "issuer-signing-keys":
			p.keys = append(p.keys, loadKeys(child)...)
		case "audiences":
			p.audiences = child.List("audience")
		case "issuers":
			p.issuers = child.List("issuer")
		case "required-claims":
			p.claims = loadClaims(child)
		default:
			child.Fail(policy.CodeUnsupported, "this part of validate-jwt is not supported")
		}
		child.Done()
	}
}

func loadClaims(e *policy.Element) []requiredClaim {
	var claims []requiredClaim
	for _, n := range e.Children {
		child := e.Child(n)
		if n.Name != "claim" {
			child.Fail(policy.CodeUnsupported, "<required-claims> holds claim elements")
			continue
		}
		child.Required("name")
		claims = append(claims, requiredClaim{
			name: child.Fixed("name", ""), separator: child.Fixed("separator", ""),
			all: child.OneOf("match", "all", "any") == "all", values: child.List("value"),
		})
		child.Done()
	}
	return claims
}

// judge checks what the document asks of a verified token.
func (p *validateJwt) judge(x *policy.Exchange, token *expr.Jwt) error {
	if ok, err := intersects(x, p.audiences, token.Claims["aud"]); err != nil || !ok {
		return firstOf(err, p.refuse(x, "TokenAudienceNotAllowed", "IDX10214: Audience validation failed. Access denied."))
	}
	issuers := p.issuers
	for _, issuer := range p.metadataIssuers(x) {
		issuers = append(issuers[:len(issuers):len(issuers)], policy.Value{Literal: issuer})
	}
	if ok, err := intersects(x, issuers, token.Claims["iss"]); err != nil || !ok {
		return firstOf(err, p.refuse(x, "TokenIssuerNotAllowed", "IDX10205: Issuer validation failed. Access denied."))
	}
	callers := append(slices.Clone(token.Claims["azp"]), token.Claims["appid"]...)
	if ok, err := intersects(x, p.clients, callers); err != nil || !ok {
		return firstOf(err, p.refuse(x, "TokenClaimValueNotAllowed", "The token's client application ID is not allowed. Access denied."))
	}
	for _, c := range p.claims {
		held, present := token.Claims[c.name]
		if !present {
			return p.refuse(x, "TokenClaimNotFound", fmt.Sprintf("JWT token is missing the following claims: %s. Access denied.", c.name))
		}
		if ok, err := c.met(x, held); err != nil || !ok {
			return firstOf(err, p.refuse(x, "TokenClaimValueNotAllowed",
				fmt.Sprintf("Claim %s value of %s is not allowed. Access denied.", c.name, strings.Join(held, ","))))
		}
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// intersects reports whether a token holds one of the allowed values. With
// none to choose from, all are allowed.
func intersects(x *policy.Exchange, allowed []policy.Value, held []string) (bool, error) {
	for _, v := range allowed {
		text, err := v.Text(x)
		if err != nil || slices.Contains(held, text) {
			return err == nil, err
		}
	}
	return len(allowed) == 0, nil
}

func (c requiredClaim) met(x *policy.Exchange, held []string) (bool, error) {
	if c.separator != "" && len(held) == 1 {
		held = strings.Split(held[0], c.separator)
	}
	found := 0
	for _, v := range c.values {
		text, err := v.Text(x)
		if err != nil {
			return false, err
		}
		if slices.Contains(held, text) {
			found++
		}
	}
	return found == len(c.values) || !c.all && found > 0, nil
}
