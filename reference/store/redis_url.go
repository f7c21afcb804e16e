package store

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// redisTimeout bounds each dial, read and write that a URL does not bound.
const redisTimeout = time.Second

// OpenRedis connects to what the URL names:
//
//	redis://user:password@host:port/db          one server; rediss:// for TLS
//	unix:///path/to/socket                      one server on a socket
//	redis-sentinel://host:port/db?master_name=m&addr=host2:port2
//	redis-cluster://host:port?addr=host2:port2
//
// Either of the last two may end in "s" before the colon (rediss-sentinel,
// rediss-cluster) for TLS. A redis:// URL with master_name is taken for
// Sentinel, one with addr for a Cluster. The other parameters are those of
// go-redis, but for four of ours: ca_file names a PEM file with the
// authorities to trust; namespace goes before every key, for gateways that
// share a Redis and nothing else; read_from is the host:port of a replica that
// is asked on every call, and which may lag behind what was acknowledged;
// cache=tracked keeps answers until Redis tells of a change, for one server and
// at the price of TrackedWindow.
// Errors never hold the URL, because it may hold a password.
func OpenRedis(ctx context.Context, text string, waitFor int) (*Redis, error) {
	quiet()
	r, err := newRedis(text, waitFor)
	if err != nil {
		return nil, fmt.Errorf("Redis URL: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*redisTimeout)
	defer cancel()
	if err := r.ping(ctx); err != nil {
		_ = r.Close()
		return nil, unreachable(err)
	}
	return r, nil
}

func (r *Redis) ping(ctx context.Context) error {
	if err := r.client.Ping(ctx).Err(); err != nil || r.reader == r.client {
		return err
	}
	return r.reader.Ping(ctx).Err()
}

// quiet stops the client's own log on standard error. Whatever it would say,
// the caller gets as an error.
var quiet = sync.OnceFunc(logging.Disable)

func newRedis(text string, waitFor int) (*Redis, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("it cannot be parsed (it is not repeated here, as it may hold a password)")
	}
	cached, err := takeCache(u)
	if err != nil {
		return nil, err
	}
	namespace, replica := take(u, "namespace"), take(u, "read_from")
	reading := *u
	client, err := redisClient(u)
	if err != nil {
		return nil, err
	}
	r := NewRedis(client, waitFor)
	if namespace != "" {
		r.prefix += namespace + ":"
	}
	if replica != "" {
		reading.Host = replica
		if r.reader, err = redisClient(&reading); err != nil {
			return nil, errors.Join(err, client.Close())
		}
	}
	if one, ok := client.(*redis.Client); ok && cached {
		if r.tracked, err = newTracked(one.Options()); err != nil {
			return nil, errors.Join(err, client.Close())
		}
	}
	return r, nil
}

// take removes a parameter of ours from the URL.
func take(u *url.URL, name string) string {
	q := u.Query()
	value := q.Get(name)
	if value != "" {
		q.Del(name)
		u.RawQuery = q.Encode()
	}
	return value
}

func redisClient(u *url.URL) (redis.UniversalClient, error) {
	roots, err := takeAuthorities(u)
	if err != nil {
		return nil, err
	}
	secure := strings.HasPrefix(u.Scheme, "rediss")
	kind := redisKind(u)
	if kind != "unix" {
		u.Scheme = map[bool]string{true: "rediss", false: "redis"}[secure]
	}
	switch kind {
	case "sentinel":
		return sentinelClient(u, roots)
	case "cluster":
		return clusterClient(u, roots)
	case "single", "unix":
		return singleClient(u, roots)
	}
	return nil, errors.New("its scheme must be redis, rediss, unix, redis-sentinel, rediss-sentinel, redis-cluster or rediss-cluster")
}

func redisKind(u *url.URL) string {
	switch u.Scheme {
	case "unix":
		return "unix"
	case "redis-sentinel", "rediss-sentinel":
		return "sentinel"
	case "redis-cluster", "rediss-cluster":
		return "cluster"
	case "redis", "rediss":
	default:
		return ""
	}
	switch q := u.Query(); {
	case q.Has("master_name"):
		return "sentinel"
	case q.Has("addr"):
		return "cluster"
	}
	return "single"
}

// takeAuthorities removes ca_file from the URL and reads it.
func takeAuthorities(u *url.URL) (*x509.CertPool, error) {
	file := take(u, "ca_file")
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("ca_file: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("ca_file %s holds no PEM certificate", file)
	}
	return pool, nil
}

func singleClient(u *url.URL, roots *x509.CertPool) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(u.String())
	if err != nil {
		return nil, err
	}
	trust(o.TLSConfig, roots)
	bound(&o.DialTimeout, &o.ReadTimeout, &o.WriteTimeout, &o.PoolTimeout)
	o.ContextTimeoutEnabled, o.MaintNotificationsConfig = true, noNotifications()
	return redis.NewClient(o), nil
}

func sentinelClient(u *url.URL, roots *x509.CertPool) (redis.UniversalClient, error) {
	o, err := redis.ParseFailoverURL(u.String())
	if err != nil {
		return nil, err
	}
	if o.MasterName == "" {
		return nil, errors.New("master_name is missing: the name under which Sentinel knows the primary")
	}
	trust(o.TLSConfig, roots)
	bound(&o.DialTimeout, &o.ReadTimeout, &o.WriteTimeout, &o.PoolTimeout)
	o.ContextTimeoutEnabled = true
	return redis.NewFailoverClient(o), nil
}

func clusterClient(u *url.URL, roots *x509.CertPool) (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(u.String())
	if err != nil {
		return nil, err
	}
	trust(o.TLSConfig, roots)
	bound(&o.DialTimeout, &o.ReadTimeout, &o.WriteTimeout, &o.PoolTimeout)
	o.ContextTimeoutEnabled, o.MaintNotificationsConfig = true, noNotifications()
	return redis.NewClusterClient(o), nil
}

func trust(config *tls.Config, roots *x509.CertPool) {
	if config != nil && roots != nil {
		config.RootCAs = roots
	}
}

func bound(timeouts ...*time.Duration) {
	for _, t := range timeouts {
		if *t == 0 {
			*t = redisTimeout
		}
	}
}

// noNotifications: the announcements are those of a commercial edition, and
// asking for them costs every new connection a failed command.
func noNotifications() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}
