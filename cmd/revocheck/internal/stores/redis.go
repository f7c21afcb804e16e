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
	callOff func() // the closing at the second interrupt
}

var (
	persistences = map[string]redisserver.Persistence{
		"always": redisserver.Always, "everysec": redisserver.EverySecond, "none": redisserver.None,
	}
	topologies = map[string]redisserver.Topology{
		"": redisserver.Single, "single": redisserver.Single, "sentinel": redisserver.Sentinel, "cluster": redisserver.Cluster,
	}
	optionKeys = []string{"persistence", "topology", "maxmemory", "policy", "image"}
)

// readOptions reads what stands behind the ? of a Redis to start.
func readOptions(name, query string, persistence redisserver.Persistence) (redisserver.Options, error) {
	o := redisserver.Options{Persistence: persistence}
	if name == process {
		o.Source = redisserver.Process
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return o, fmt.Errorf("--store %s: its options are name=value, with & between them", name)
	}
	for key := range values {
		if !slices.Contains(optionKeys, key) {
			return o, fmt.Errorf("--store %s: unknown option %q: one of %s", name, key, strings.Join(optionKeys, ", "))
		}
	}
	known, placed := true, false
	if text := values.Get("persistence"); text != "" {
		o.Persistence, known = persistences[text]
	}
	o.Topology, placed = topologies[values.Get("topology")]
	o.MaxMemory, o.Policy, o.Image = values.Get("maxmemory"), values.Get("policy"), values.Get("image")
	switch {
	case !known:
		return o, fmt.Errorf("--store %s: persistence %q is neither none, everysec nor always", name, values.Get("persistence"))
	case !placed:
		return o, fmt.Errorf("--store %s: topology %q is neither single, sentinel nor cluster", name, values.Get("topology"))
	}
	if err := o.Validate(); err != nil {
		return o, fmt.Errorf("--store %s: %w", name, err)
	}
	return o, nil
}

// Breakable puts a proxy, which can cut it off, before a Redis that runs
// already; it leaves any other store as it is. Several servers name each
// other's addresses to clients, and TLS the server's: there a proxy does not
// fit.
func (s Store) Breakable() Store {
	u, err := url.Parse(s.Text)
	if err != nil || u.Scheme != "redis" || slices.ContainsFunc([]string{"master_name", "addr", "read_from"}, u.Query().Has) {
		return s
	}
	s.Start = &redisserver.Options{URL: s.Text}
	return s
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
	return &Redis{server, interrupt.CloseOnSecond(server)}, nil
}

// Open starts the Redis that the store asks for, and gives its URL; any other
// store is as it was given, with a Redis that is nil.
func (s Store) Open(ctx context.Context) (at string, own *Redis, err error) {
	if s.Start == nil {
		return s.Text, nil, nil
	}
	if own, err = Start(ctx, *s.Start); err != nil {
		return "", nil, err
	}
	return own.URL(), own, nil
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
