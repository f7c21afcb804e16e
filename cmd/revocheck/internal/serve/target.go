package serve

import (
	"io"
	"log"
	"path/filepath"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// quiet drops what net/http says of hostile requests: it may quote them.
var quiet = log.New(io.Discard, "", 0)

// writeTarget writes a target file for the gateway, for its owner alone: it
// holds the users' passwords.
func (f *Command) writeTarget(urls []string, c scenarios.Contract) error {
	content, err := targetfile.Write(f.describe(urls, c))
	if err != nil {
		return exit.Broken(err)
	}
	return f.files.Write("target-file", written(content))
}

// written writes a whole content.
func written(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}
}

// defaultToken is where a login's answer has the token if a file does not say.
const defaultToken = "$.access_token"

// describe is what of a gateway's contract is of use to who reaches it by HTTP.
func (f *Command) describe(urls []string, c scenarios.Contract) scenarios.Contract {
	d := scenarios.Contract{
		Name: c.Name, Endpoints: urls, Headers: c.Headers, Login: scenarios.Login{Path: c.Login.Path},
		Logout: c.Logout, Refresh: c.Refresh, RevokeAll: c.RevokeAll, Routes: c.Routes, OpenRoutes: c.OpenRoutes,
		Refusal: c.Refusal, Leeway: c.Leeway, LeakWindow: c.LeakWindow, Posture: c.Posture, Hits: c.Hits,
		Introspect: c.Introspect,
	}
	if c.Login.Token != defaultToken {
		d.Login.Token = c.Login.Token
	}
	for _, u := range c.Users {
		d.Users = append(d.Users, scenarios.User{Name: u.Name, Password: u.Password, ClientID: u.ClientID, ClientSecret: u.ClientSecret})
	}
	if l := c.Login; l.LifetimeField != "" {
		d.Login.LifetimeField, d.Login.MinLifetime, d.Login.MaxLifetime = l.LifetimeField, l.MinLifetime, l.MaxLifetime
	}
	if f.cert != "" {
		// A certificate that is its own authority is trusted by itself; for
		// another the authority has to be named by hand.
		d.TLS.CA, _ = filepath.Abs(f.cert)
	}
	return d
}
