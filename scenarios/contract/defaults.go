package contract

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// WithDefaults fills in what the comments on the fields promise, where that is
// not the zero value: a leak window or a leeway that is left out is 0.
func (c Contract) WithDefaults() Contract {
	c.Users = slices.Clone(c.Users)
	for i := range c.Users {
		c.Users[i].Identity = cmp.Or(c.Users[i].Identity, c.Users[i].Name)
	}
	c.Login = c.Login.withDefaults()
	c.Logout.Method = cmp.Or(c.Logout.Method, "POST")
	c.Logout.Path = pathOf(c.Logout.Path, c.Logout.URL)
	c.Logout.Encoding = cmp.Or(c.Logout.Encoding, encodingIn(c.Logout.Body))
	c.Refresh, c.RevokeAll = c.Refresh.withDefaults(c.Login), c.RevokeAll.withDefaults()
	c.Logout.Scope = cmp.Or(c.Logout.Scope, ScopeToken)
	c.Introspect = c.Introspect.withDefaults()
	c.Routes, c.OpenRoutes = withMethods(c.Routes), withMethods(c.OpenRoutes)
	c.Routes, c.Streams = apart(c.Routes, c.Streams)
	c.Carrier = c.Carrier.withDefaults()
	c.Posture = cmp.Or(c.Posture, Closed)
	if len(c.Refusal.Statuses) == 0 {
		c.Refusal.Statuses = Statuses{401}
	}
	if len(c.Outage) == 0 && !c.Refuses(503) {
		c.Outage = Statuses{503}
	}
	c.Limits.Timeout = cmp.Or(c.Limits.Timeout, 10*time.Second)
	if c.Limits.Parallel == 0 {
		c.Limits.Parallel, c.Limits.crowds = 8, true
	}
	return c
}

// encodingIn is the encoding of fields that are added to a body.
func encodingIn(body string) string {
	if strings.HasPrefix(strings.TrimSpace(body), "{") {
		return "json"
	}
	return "form"
}

func (l Login) withDefaults() Login {
	l.Method = cmp.Or(l.Method, "POST")
	l.Encoding = cmp.Or(l.Encoding, "json")
	l.UserField = cmp.Or(l.UserField, "user")
	l.PasswordField = cmp.Or(l.PasswordField, "password")
	l.Token = cmp.Or(l.Token, "$.access_token")
	l.MinLifetime = max(l.MinLifetime, time.Second)
	l.CommandTimeout = cmp.Or(l.CommandTimeout, 30*time.Second)
	return l
}

func withMethods(routes []Route) []Route {
	routes = slices.Clone(routes)
	for i := range routes {
		routes[i].Method = cmp.Or(routes[i].Method, "GET")
	}
	return routes
}

func (c Carrier) withDefaults() Carrier {
	c.In = cmp.Or(c.In, "header")
	if c.In == "header" {
		c.Name = cmp.Or(c.Name, "Authorization")
	}
	c.Name = cmp.Or(c.Name, "access_token")
	c.Scheme = cmp.Or(c.Scheme, "Bearer")
	return c
}
