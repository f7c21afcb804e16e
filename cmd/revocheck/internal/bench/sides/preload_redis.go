package sides

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// redisFill writes entries like those of a strategy into a Redis: keys of the
// same length, with an end, for tokens that nobody holds.
type redisFill struct {
	client *redis.Client
	prefix string
	keep   bool // the entries are not taken out again
	count  int
}

// redisPrefixes are what the reference gateway's store puts before its keys.
var redisPrefixes = map[string]string{"denylist": "revocheck:dead:", "not-before": "revocheck:generation:"}

// batch is how many commands go into one pipeline.
const batch = 5000

func redisFiller(c Config) (*redisFill, bool) {
	prefix, known := redisPrefixes[c.Strategy]
	o, err := redis.ParseURL(c.Store)
	if !known || err != nil { // not a Redis, or not one alone
		return nil, false
	}
	return &redisFill{client: redis.NewClient(o), prefix: prefix, keep: c.Throwaway}, true
}

// fill writes n entries and returns the bytes of memory that each took.
func (f *redisFill) fill(ctx context.Context, n int) (float64, error) {
	memory, keys, err := f.usage(ctx)
	if err != nil {
		return 0, err
	}
	f.count = n
	err = f.each(ctx, func(p redis.Pipeliner, key string) { p.Set(ctx, key, 1, lifetime) })
	if err != nil {
		return 0, err
	}
	after, more, err := f.usage(ctx)
	if err != nil || more <= keys {
		return 0, err
	}
	return float64(after-memory) / float64(more-keys), nil
}

// close takes the entries out again and closes the connection.
func (f *redisFill) close(ctx context.Context) error {
	if f.keep {
		return f.client.Close()
	}
	err := f.each(ctx, func(p redis.Pipeliner, key string) { p.Unlink(ctx, key) })
	if closing := f.client.Close(); err == nil {
		err = closing
	}
	return err
}

func (f *redisFill) each(ctx context.Context, add func(redis.Pipeliner, string)) error {
	for from := 0; from < f.count; from += batch {
		_, err := f.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i := from; i < min(from+batch, f.count); i++ {
				add(p, f.prefix+fillKey(i))
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("preloading Redis: %w", err)
		}
	}
	return nil
}

// fillKey is the key of entry i, spread like a digest of a token.
func fillKey(i int) string {
	sum := sha256.Sum256(binary.LittleEndian.AppendUint64([]byte("preloaded"), uint64(i)))
	return string(sum[:16])
}

// usage returns how many bytes the data set takes and how many keys it has.
func (f *redisFill) usage(ctx context.Context) (memory, keys int64, err error) {
	info, err := f.client.Info(ctx, "memory").Result()
	if err != nil {
		return 0, 0, fmt.Errorf("asking Redis for its memory: %w", err)
	}
	for line := range strings.Lines(info) {
		if value, found := strings.CutPrefix(line, "used_memory:"); found {
			memory, _ = strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		}
	}
	keys, err = f.client.DBSize(ctx).Result()
	return memory, keys, err
}
