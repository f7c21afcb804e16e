package apim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// requiredClaim is one claim of required-claims.
type requiredClaim struct {
	name, separator string
	all             bool // match="all"
	values          []value
}

func (p *validateJwt) loadChildren(e *element) {
	for _, n := range e.Children {
		child := e.l.element(n)
		switch n.Name {
		case "openid-config":
			child.empty()
			p.openID = append(p.openID, child.requiredText("url"))
		case "issuer-signing-keys":
			p.keys = append(p.keys, loadKeys(child)...)
		case "audiences":
			p.audiences = loadList(child, "audience")
		case "issuers":
			p.issuers = loadList(child, "issuer")
		case "required-claims":
			p.claims = loadClaims(child)
		default:
			child.fail(CodeUnsupported, "this part of validate-jwt is not supported")
		}
		child.done()
	}
}

// loadList reads the one kind of children that an element may have.
func loadList(e *element, name string) []value {
	var values []value
	for _, n := range e.Children {
		child := e.l.element(n)
		child.done()
		if n.Name != name {
			child.fail(CodeUnsupported, "<%s> holds %s elements", e.Name, name)
			continue
		}
		values = append(values, child.content())
	}
	return values
}

func loadClaims(e *element) []requiredClaim {
	var claims []requiredClaim
	for _, n := range e.Children {
		child := e.l.element(n)
		if n.Name != "claim" {
			child.fail(CodeUnsupported, "<required-claims> holds claim elements")
			continue
		}
		child.required("name")
		claims = append(claims, requiredClaim{
			name: child.fixed("name", ""), separator: child.fixed("separator", ""),
			all: child.oneOf("match", "all", "any") == "all", values: loadValues(child),
		})
		child.done()
	}
	return claims
}

// judge checks what the document asks of a verified token.
func (p *validateJwt) judge(x *exchange, token *expr.Jwt) error {
	if ok, err := intersects(x, p.audiences, token.Claims["aud"]); err != nil || !ok {
		return firstOf(err, p.refuse(x, "TokenAudienceNotAllowed", "IDX10214: Audience validation failed. Access denied."))
	}
	issuers := p.issuers
	for _, issuer := range p.metadataIssuers(x) {
		issuers = append(issuers[:len(issuers):len(issuers)], value{literal: issuer})
	}
	if ok, err := intersects(x, issuers, token.Claims["iss"]); err != nil || !ok {
		return firstOf(err, p.refuse(x, "TokenIssuerNotAllowed", "IDX10205: Issuer validation failed. Access denied."))
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
func intersects(x *exchange, allowed []value, held []string) (bool, error) {
	for _, v := range allowed {
		text, err := v.text(x)
		if err != nil || slices.Contains(held, text) {
			return err == nil, err
		}
	}
	return len(allowed) == 0, nil
}

func (c requiredClaim) met(x *exchange, held []string) (bool, error) {
	if c.separator != "" && len(held) == 1 {
		held = strings.Split(held[0], c.separator)
	}
	found := 0
	for _, v := range c.values {
		text, err := v.text(x)
		if err != nil {
			return false, err
		}
		if slices.Contains(held, text) {
			found++
		}
	}
	return found == len(c.values) || !c.all && found > 0, nil
}
