// Package message holds the policies that change or check a request or an answer.
package message

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// setHeader is set-header.
type setHeader struct {
	name   policy.Value
	exists string
	values []policy.Value
}

// LoadSetHeader loads set-header.
func LoadSetHeader(e *policy.Element) policy.Policy {
	p := &setHeader{name: e.RequiredValue("name"), exists: e.OneOf("exists-action", "override", "skip", "append", "delete")}
	p.values = e.List("value")
	if len(p.values) == 0 && p.exists != "delete" {
		e.Fail(policy.CodeInvalid, "a value element is missing")
	}
	return p
}

func (p *setHeader) Run(x *policy.Exchange) error { return p.apply(x, x.Headers()) }

func (p *setHeader) apply(x *policy.Exchange, h http.Header) error {
	name, err := p.name.Text(x)
	if err != nil {
		return err
	}
	if p.exists == "delete" {
		h.Del(name)
		return nil
	}
	if p.exists == "skip" && h.Get(name) != "" {
		return nil
	}
	if p.exists == "override" {
		h.Del(name)
	}
	for _, v := range p.values {
		text, err := v.Text(x)
		if err != nil {
			return err
		}
		h.Add(name, cleanHeader(text))
	}
	return nil
}

// cleanHeader keeps a value from ending its header line.
func cleanHeader(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }

// checkHeader is check-header.
type checkHeader struct {
	name, status, message policy.Value
	ignoreCase            bool
	values                []policy.Value
}

// LoadCheckHeader loads check-header.
func LoadCheckHeader(e *policy.Element) policy.Policy {
	p := &checkHeader{
		name: e.RequiredValue("name"), status: e.Integer("failed-check-httpcode", 0),
		message: e.RequiredValue("failed-check-error-message"), values: e.List("value"),
	}
	for _, name := range []string{"failed-check-httpcode", "ignore-case"} {
		e.Required(name)
	}
	p.ignoreCase = e.OneOf("ignore-case", "false", "true", "True", "False") != "false"
	policy.CheckStatus(e, "failed-check-httpcode", p.status)
	return p
}

func (p *checkHeader) Run(x *policy.Exchange) error {
	name, err := p.name.Text(x)
	if err != nil {
		return err
	}
	present := x.Request.Header.Values(name)
	if len(present) == 0 {
		return p.refuse(x, "HeaderNotFound", fmt.Sprintf("Header %s was not found in the request. Access denied.", name))
	}
	for _, v := range p.values {
		allowed, err := v.Text(x)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(present, func(h string) bool { return p.same(h, allowed) }) {
			return nil
		}
	}
	if len(p.values) == 0 {
		return nil
	}
	return p.refuse(x, "HeaderValueNotAllowed",
		fmt.Sprintf("Header %s value of %s is not allowed. Access denied.", name, strings.Join(present, ",")))
}

func (p *checkHeader) same(a, b string) bool {
	return a == b || p.ignoreCase && strings.EqualFold(a, b)
}

func (p *checkHeader) refuse(x *policy.Exchange, reason, cause string) error {
	return policy.Refusal(x, expr.LastError{Source: "check-header", Reason: reason, Message: cause}, p.status, p.message)
}
