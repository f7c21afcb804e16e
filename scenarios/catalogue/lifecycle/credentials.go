package lifecycle

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/revocheck/revocheck/scenarios"
)

// credentials is a login that worked, to be sent again as it was or changed. It
// is empty where tokens do not come from a login at the target.
type credentials struct {
	request scenarios.Request
	known   bool
}

// keep is an option of the login that is to be kept.
func (c *credentials) keep(p *scenarios.Play) []scenarios.LoginOption {
	if p.Contract().Login.Path == "" {
		p.Note("no login is among what was tried: the tokens do not come from one at the target")
		return nil
	}
	return []scenarios.LoginOption{scenarios.LoginWith(func(r *scenarios.Request) { c.request, c.known = *r, true })}
}

// events are logins that come after a logout. The one that fails is the last:
// a target may lock the user for it.
func (c *credentials) events(p *scenarios.Play, dead *scenarios.Token) []event {
	if !c.known {
		return nil
	}
	var events []event
	if other, ok := c.another(p); ok {
		events = append(events, c.carrying(p, "a login of another user that carries it", other, dead))
	}
	return append(events,
		c.carrying(p, "a login that carries it", c.request, dead),
		event{"a login with a wrong password", 1, func() scenarios.Answer { return c.failOnce(p) }},
	)
}

func (c *credentials) carrying(p *scenarios.Play, name string, req scenarios.Request, dead *scenarios.Token) event {
	req.Header = req.Header.Clone()
	req.Carry(p.Contract().Carrier, dead.Raw)
	return event{name, 1, func() scenarios.Answer {
		a := p.Send(req, scenarios.Accepted)
		p.Granted(a) // which keeps its token out of the report
		return a
	}}
}

// failOnce sends a wrong password, and then the right one, before such failures
// add up.
func (c *credentials) failOnce(p *scenarios.Play) scenarios.Answer {
	wrong := c.with(p, map[string]string{p.Contract().Login.PasswordField: rand.Text()})
	a := p.Send(wrong, scenarios.Refused)
	if good := p.Send(c.request, scenarios.Accepted); !p.Planning() && p.Granted(good) == "" {
		p.Note("after one login with a wrong password, a good one gave no token (%d)", good.Status)
	}
	return a
}

// another is the login of a user who is not the one that logged in; false if
// there is none.
func (c *credentials) another(p *scenarios.Play) (scenarios.Request, bool) {
	l := p.Contract().Login
	for _, u := range p.Contract().Users {
		if fmt.Sprint(c.fields(p)[l.UserField]) != u.Name {
			return c.with(p, map[string]string{l.UserField: u.Name, l.PasswordField: u.Password}), true
		}
	}
	return scenarios.Request{}, false
}

// with is the login with other values of some fields.
func (c *credentials) with(p *scenarios.Play, change map[string]string) scenarios.Request {
	fields, req := c.fields(p), c.request
	for name, value := range change {
		fields[name] = value
	}
	if p.Contract().Login.Encoding == "form" {
		form := url.Values{}
		for name, value := range fields {
			form.Set(name, fmt.Sprint(value))
		}
		req.Body = form.Encode()
		return req
	}
	text, _ := json.Marshal(fields) // they came out of JSON
	req.Body = string(text)
	return req
}

// fields are those of the login, which the suite itself has encoded.
func (c *credentials) fields(p *scenarios.Play) map[string]any {
	fields := map[string]any{}
	if p.Contract().Login.Encoding != "form" {
		_ = json.Unmarshal([]byte(c.request.Body), &fields)
		return fields
	}
	form, _ := url.ParseQuery(c.request.Body)
	for name := range form {
		fields[name] = form.Get(name)
	}
	return fields
}
