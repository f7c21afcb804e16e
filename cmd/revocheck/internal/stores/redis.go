// Package stores reads what --store names, and starts the Redis that it asks for.
package stores

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/interrupt"
	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
)

// startTime bounds a start: the first one of a machine may have to pull or
// to build the image.
const startTime = 2 * time.Minute

// Redis is a Redis that the command starts for itself.
type Redis struct {
	*redisserver.Server
	options redisserver.Options
	callOff func() // the closing at the second interrupt
}

// OptionsUsage says in a help text what a Redis to start can be told.
const OptionsUsage = "container runs Redis in Docker and process runs redis-server, " +
	"both with ?persistence=none|everysec|always, topology=single|sentinel|cluster, maxmemory=4mb, policy=allkeys-lru, image=NAME"

var (
	persistences = map[string]redisserver.Persistence{
		"": redisserver.Always, "always": redisserver.Always, "everysec": redisserver.EverySecond, "none": redisserver.None,
	}
	topologies = map[string]redisserver.Topology{
		"": redisserver.Single, "single": redisserver.Single, "sentinel": redisserver.Sentinel, "cluster": redisserver.Cluster,
	}
	optionKeys = []string{"persistence", "topology", "maxmemory", "policy", "image"}
)

// Read reads a --store that names a Redis to start; false of another.
// Without persistence= it writes each revocation to its disk at once.
func Read(text string) (o redisserver.Options, own bool, err error) {
	kind, query, _ := strings.Cut(text, "?")
	if kind != "container" && kind != "process" {
		return o, false, nil
	}
	if kind == "process" {
		o.Source = redisserver.Process
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return o, true, fmt.Errorf("--store %s: its options are name=value, with & between them", kind)
	}
	for key := range values {
		if !slices.Contains(optionKeys, key) {
			return o, true, fmt.Errorf("--store %s: unknown option %q: one of %s", kind, key, strings.Join(optionKeys, ", "))
		}
	}
	var known, placed bool
	o.Persistence, known = persistences[values.Get("persistence")]
	o.Topology, placed = topologies[values.Get("topology")]
	o.MaxMemory, o.Policy, o.Image = values.Get("maxmemory"), values.Get("policy"), values.Get("image")
	switch {
	case !known:
		return o, true, fmt.Errorf("--store %s: persistence %q is neither none, everysec nor always", kind, values.Get("persistence"))
	case !placed:
		return o, true, fmt.Errorf("--store %s: topology %q is neither single, sentinel nor cluster", kind, values.Get("topology"))
	}
	if err := o.Validate(); err != nil {
		return o, true, fmt.Errorf("--store %s: %w", kind, err)
	}
	return o, true, nil
}

// Given gives the options of a Redis that runs already, which a proxy can
// cut off; false of another store. Several servers name each other's addresses
// to clients, and TLS the server's: there a proxy does not fit.
func Given(text string) (redisserver.Options, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "redis" {
		return redisserver.Options{}, false
	}
	several := slices.ContainsFunc([]string{"master_name", "addr", "read_from"}, u.Query().Has)
	return redisserver.Options{URL: text}, !several
}

// Start starts what was read. It is removed by Close, and also when
// the command is interrupted twice.
func Start(ctx context.Context, o redisserver.Options) (*Redis, error) {
	starting, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	server, err := redisserver.Start(starting, o)
	switch {
	case errors.Is(err, redisserver.ErrNoDocker):
		return nil, exit.Broken(fmt.Errorf("--store container: %w (--store process runs redis-server from the PATH, --store redis://... uses one that runs)", err))
	case errors.Is(err, redisserver.ErrNoServer):
		return nil, exit.Broken(fmt.Errorf("--store process: %w", err))
	case err != nil:
		return nil, exit.Broken(fmt.Errorf("--store: %w", err))
	}
	return &Redis{server, o, interrupt.CloseOnSecond(server)}, nil
}

// Close removes the server, if there is one.
func (s *Redis) Close() error {
	if s == nil {
		return nil
	}
	defer s.callOff()
	if err := s.Server.Close(); err != nil {
		return exit.Broken(fmt.Errorf("--store: %w", err))
	}
	return nil
}
