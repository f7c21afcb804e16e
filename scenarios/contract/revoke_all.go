package contract

import (
	"cmp"
	"slices"
	"strings"
)

// Action is a request that does something to the sessions of a user.
type Action struct {
	Method string `yaml:"method"` // POST by default
	Path   string `yaml:"path"`
	// URL is absolute, in place of Path, where another server does it.
	URL         string            `yaml:"url"`
	Headers     map[string]string `yaml:"headers"`
	Body        string            `yaml:"body"`
	ContentType string            `yaml:"content_type"`
	// Fields are added to the body, as those of a logout are.
	Fields map[string]string `yaml:"fields"`
	// Encoding of a body with Fields: "form" (the default, unless Body is JSON) or
	// "json".
	Encoding string `yaml:"encoding"`
	// Carrier is "none" where no token of the user travels with it.
	Carrier string `yaml:"carrier"`
	// Success lists the statuses that acknowledge it; any 2xx by default.
	Success Statuses `yaml:"success"`
}

// RevokeAll is a request that ends every session of a user, such as a sign-out
// everywhere, a change of the password or the end of an account.
type RevokeAll struct {
	Action
	// User is the name of the user whose sessions end, of whom nothing else logs
	// in.
	User string `yaml:"user"`
	// Undo lets the user log in again. With it the first user is taken.
	Undo *Action `yaml:"undo"`
}

// Acknowledges reports whether the status acknowledges the request.
func (a Action) Acknowledges(status int) bool { return a.Success.hasOrSucceeds(status) }

func (a Action) withDefaults() Action {
	a.Method, a.Path = cmp.Or(a.Method, "POST"), pathOf(a.Path, a.URL)
	a.Encoding = cmp.Or(a.Encoding, encodingIn(a.Body))
	return a
}

func (r *RevokeAll) withDefaults() *RevokeAll {
	if r == nil {
		return nil
	}
	d := *r
	d.Action = d.Action.withDefaults()
	if d.Undo != nil {
		undo := d.Undo.withDefaults()
		d.Undo = &undo
	}
	return &d
}

// Spared is the user whom only revoke_all may touch; false if there is none.
func (c Contract) Spared() (User, bool) {
	if c.RevokeAll == nil || c.RevokeAll.User == "" {
		return User{}, false
	}
	i := slices.IndexFunc(c.Users, func(u User) bool { return u.Name == c.RevokeAll.User })
	if i < 0 {
		return User{}, false
	}
	return c.Users[i], true
}

// WithoutSpared is the contract without that user.
func (c Contract) WithoutSpared() Contract {
	u, ok := c.Spared()
	if !ok {
		return c
	}
	c.Users = slices.DeleteFunc(slices.Clone(c.Users), func(o User) bool { return o.Name == u.Name })
	return c
}

// sessionValues are values that are sent to end or refresh sessions, some of which
// are secrets. A JSON path is none.
func (c Contract) sessionValues() []map[string]string {
	all := []map[string]string{secretFields(c.Logout.Fields)}
	if c.Refresh != nil {
		all = append(all, c.Refresh.Headers, secretFields(c.Refresh.Fields))
	}
	if c.RevokeAll != nil {
		all = append(all, c.RevokeAll.Headers, secretFields(c.RevokeAll.Fields))
		if u := c.RevokeAll.Undo; u != nil {
			all = append(all, u.Headers, secretFields(u.Fields))
		}
	}
	return all
}

// secretFields are the values whose names say that they are secret: another, such
// as a grant type, is a word that reports use.
func secretFields(fields map[string]string) map[string]string {
	secret := map[string]string{}
	for name, value := range fields {
		lower := strings.ToLower(name)
		named := strings.Contains(lower, "secret") || strings.Contains(lower, "password") || strings.Contains(lower, "key") || strings.Contains(lower, "assertion")
		if named && !OfLogin(value) {
			secret[name] = value
		}
	}
	return secret
}
