// Package stores is the table of the stores that --store names, for every
// command, and starts the Redis that one of them asks for.
package stores

import (
	"fmt"
	"slices"
	"strings"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
)

// kind is a row of the table.
type kind struct {
	name, form, what string
	// file says that :FILE may follow the name, options that ?NAME=VALUE may.
	file, options bool
}

var table = []kind{
	{name: "memory", form: "memory", what: "a map in this process"},
	{name: "miniredis", form: "miniredis", what: "a Redis in this process"},
	{name: "sqlite", form: "sqlite[:FILE]", what: "a database in memory, or in a file", file: true},
	{name: process, form: "process", what: "redis-server from the PATH", options: true},
	{name: container, form: "container", what: "a Redis in Docker", options: true},
}

// The stores that are started, and removed when the command ends.
const (
	process   = "process"
	container = "container"
)

// redisURL stands in the table for a Redis that runs already.
const redisURL = "redis://..."

// Forms lists what --store takes: memory, miniredis, sqlite[:FILE] ...
func Forms() string {
	var forms []string
	for _, k := range table {
		forms = append(forms, k.form)
	}
	return strings.Join(forms, ", ") + " or a URL such as " + redisURL
}

// Usage is the help text of --store.
func Usage(whose string) string {
	return "revocation `store`" + whose + ": " + Forms() + "; container runs Redis in Docker and process runs redis-server, " +
		"both with ?persistence=none|everysec|always, topology=single|sentinel|cluster, maxmemory=4mb, policy=allkeys-lru, image=NAME; a redis:// URL with ?cache=tracked keeps answers until Redis tells of a change, for up to 2s after a logout at another gateway where the connection breaks (declared as leak_window)"
}

// Completions are the names with what each is, as a shell completes them.
func Completions() []string {
	var all []string
	for _, k := range table {
		all = append(all, k.name+"\t"+k.what)
	}
	return append(all, "redis://\ta Redis that runs already; ?cache=tracked keeps its answers")
}

// Store is what a --store was read as.
type Store struct {
	// Text is as it was given. That of a URL may hold a password; Name may not.
	Text, Name string
	// Start is of the Redis that is to be started; nil of another store.
	Start *redisserver.Options
}

// Read reads a --store. A Redis that is to be started writes to its disk as
// the second argument says, unless its options do. An error names no more of
// the text than it has to, because a URL may hold a password.
func Read(text string, persistence redisserver.Persistence) (Store, error) {
	s := Store{Text: text, Name: Name(text)}
	if strings.Contains(text, "://") {
		return s, nil
	}
	i := slices.IndexFunc(table, func(k kind) bool { return k.name == s.Name })
	if i < 0 {
		return s, fmt.Errorf("--store %q: there is no such store: it is %s", s.Name, Forms())
	}
	rest := strings.TrimPrefix(text, s.Name)
	switch k := table[i]; {
	case strings.HasPrefix(rest, ":") && !k.file:
		return s, fmt.Errorf("--store %s: nothing can follow it but options, with ? before them", s.Name)
	case k.options:
		o, err := readOptions(s.Name, strings.TrimPrefix(rest, "?"), persistence)
		s.Start = &o
		return s, err
	case strings.HasPrefix(rest, "?"):
		return s, fmt.Errorf("--store %s: it takes no options; %s and %s do", s.Name, process, container)
	}
	return s, nil
}

// Name is the name of a store without its options, file or address.
func Name(text string) string {
	if i := strings.IndexAny(text, ":?"); i >= 0 {
		return text[:i]
	}
	return text
}
