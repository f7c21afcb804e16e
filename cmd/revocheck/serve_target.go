package main

import (
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/revocheck/revocheck/reference"
)

// quiet drops what net/http says of hostile requests: it may quote them.
var quiet = log.New(io.Discard, "", 0)

// table is a mapping of the target file, in the order it is written.
type table = yaml.MapSlice

// writeTarget writes a target file for the gateway, for its owner alone: it
// holds the users' passwords.
func (f *serveFlags) writeTarget(urls []string, cfg reference.Config) error {
	content, err := yaml.Marshal(f.describe(urls, cfg))
	if err != nil {
		return &exitError{exitBroken, err}
	}
	if err := writePrivate(f.targetFile, content); err != nil {
		return usage("the target file cannot be written: %w", err)
	}
	return nil
}

// writePrivate replaces a file as a whole: one that exists keeps neither its
// mode nor half of its content, and nobody reads a file that is half written.
func writePrivate(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".target-*") // made with mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

func (f *serveFlags) describe(urls []string, cfg reference.Config) table {
	t := table{{Key: "name", Value: "reference gateway"}, {Key: "endpoints", Value: urls}}
	if f.cert != "" {
		// A certificate that is its own authority is trusted by itself; for
		// another the authority has to be named by hand.
		if cert, err := filepath.Abs(f.cert); err == nil {
			t = append(t, yaml.MapItem{Key: "tls", Value: table{{Key: "ca", Value: literal(cert)}}})
		}
	}
	t = append(t, table{
		{Key: "users", Value: describeUsers(cfg)},
		{Key: "login", Value: describeLogin(cfg)},
		{Key: "logout", Value: table{{Key: "path", Value: "/logout"}, {Key: "scope", Value: cfg.LogoutScope}}},
		{Key: "routes", Value: []table{
			{{Key: "path", Value: "/api/hello"}, {Key: "identity", Value: "$.sub"}},
			{{Key: "method", Value: "POST"}, {Key: "path", Value: "/api/orders"}, {Key: "content_type", Value: "application/json"}, {Key: "body", Value: `{"item":"tea"}`}, {Key: "identity", Value: "$.sub"}},
			{{Key: "path", Value: "/api/orders"}, {Key: "identity", Value: "$.sub"}},
		}},
		{Key: "open_routes", Value: []table{{{Key: "path", Value: "/public"}}}},
		{Key: "refusal", Value: table{{Key: "statuses", Value: []int{cfg.RefusalStatus}}}},
		{Key: "leeway", Value: cfg.Leeway.String()},
	}...)
	if cfg.BackendURL == "" {
		t = append(t, yaml.MapItem{Key: "hits", Value: table{{Key: "url", Value: "/backend/hits"}}})
	}
	return t
}

func describeUsers(cfg reference.Config) []table {
	var users []table
	for _, name := range slices.Sorted(maps.Keys(cfg.Users)) {
		users = append(users, table{{Key: "name", Value: literal(name)}, {Key: "password", Value: literal(cfg.Users[name])}})
	}
	return users
}

func describeLogin(cfg reference.Config) table {
	t := table{{Key: "path", Value: "/login"}}
	if cfg.IgnoreExpiresIn {
		return t
	}
	return append(t, table{
		{Key: "lifetime_field", Value: "expires_in"},
		{Key: "min_lifetime", Value: reference.MinLifetime.String()},
		{Key: "max_lifetime", Value: cfg.MaxLifetime.String()},
	}...)
}

// literal keeps a value from being read as a reference to the environment.
func literal(s string) string { return strings.ReplaceAll(s, "${", "$${") }
