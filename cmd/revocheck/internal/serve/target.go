package serve

import (
	"io"
	"log"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/scenarios"
)

// quiet drops what net/http says of hostile requests: it may quote them.
var quiet = log.New(io.Discard, "", 0)

// table is a mapping of the target file, in the order it is written.
type table = yaml.MapSlice

// writeTarget writes a target file for the gateway, for its owner alone: it
// holds the users' passwords.
func (f *Command) writeTarget(urls []string, c scenarios.Contract) error {
	content, err := yaml.Marshal(f.describe(urls, c))
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

func (f *Command) describe(urls []string, c scenarios.Contract) table {
	t := table{{Key: "name", Value: c.Name}, {Key: "endpoints", Value: urls}}
	if f.cert != "" {
		// A certificate that is its own authority is trusted by itself; for
		// another the authority has to be named by hand.
		if cert, err := filepath.Abs(f.cert); err == nil {
			t = append(t, yaml.MapItem{Key: "tls", Value: table{{Key: "ca", Value: literal(cert)}}})
		}
	}
	if len(c.Headers) > 0 {
		t = append(t, yaml.MapItem{Key: "headers", Value: describeHeaders(c.Headers)})
	}
	t = append(t, table{
		{Key: "users", Value: describeUsers(c.Users)},
		{Key: "login", Value: describeLogin(c.Login)},
		{Key: "logout", Value: table{{Key: "path", Value: c.Logout.Path}, {Key: "scope", Value: string(c.Logout.Scope)}}},
		{Key: "routes", Value: describeRoutes(c.Routes)},
		{Key: "open_routes", Value: describeRoutes(c.OpenRoutes)},
		{Key: "refusal", Value: table{{Key: "statuses", Value: c.Refusal.Statuses}}},
		{Key: "leeway", Value: c.Leeway.String()},
	}...)
	if c.LeakWindow > 0 {
		t = append(t, yaml.MapItem{Key: "leak_window", Value: c.LeakWindow.String()})
	}
	if c.Posture != "" {
		t = append(t, yaml.MapItem{Key: "posture", Value: c.Posture})
	}
	if c.Hits != nil {
		t = append(t, yaml.MapItem{Key: "hits", Value: table{{Key: "url", Value: c.Hits.URL}}})
	}
	return t
}

func describeHeaders(headers map[string]string) table {
	var t table
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		t = append(t, yaml.MapItem{Key: name, Value: literal(headers[name])})
	}
	return t
}

func describeUsers(users []scenarios.User) []table {
	var list []table
	for _, u := range users {
		list = append(list, table{{Key: "name", Value: literal(u.Name)}, {Key: "password", Value: literal(u.Password)}})
	}
	return list
}

func describeLogin(l scenarios.Login) table {
	t := table{{Key: "path", Value: l.Path}}
	if l.LifetimeField == "" {
		return t
	}
	return append(t, table{
		{Key: "lifetime_field", Value: l.LifetimeField},
		{Key: "min_lifetime", Value: l.MinLifetime.String()},
		{Key: "max_lifetime", Value: l.MaxLifetime.String()},
	}...)
}

func describeRoutes(routes []scenarios.Route) []table {
	var list []table
	for _, r := range routes {
		var t table
		for _, field := range []struct{ key, value string }{
			{"method", r.Method}, {"path", r.Path}, {"content_type", r.ContentType}, {"body", r.Body}, {"identity", r.Identity},
		} {
			if field.value != "" {
				t = append(t, yaml.MapItem{Key: field.key, Value: field.value})
			}
		}
		list = append(list, t)
	}
	return list
}

// literal keeps a value from being read as a reference to the environment.
func literal(s string) string { return strings.ReplaceAll(s, "${", "$${") }
