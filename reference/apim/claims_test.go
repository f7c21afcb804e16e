package apim_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/cache"
)

// breakable is an external cache that a test can take away or empty.
type breakable struct {
	*cache.Memory
	down   bool
	misses int // look-ups that fail from now on
}

var errDown = errors.New("down")

func (b *breakable) Store(ctx context.Context, key, value string, ttl time.Duration) error {
	if b.down {
		return errDown
	}
	return b.Memory.Store(ctx, key, value, ttl)
}

func (b *breakable) Lookup(ctx context.Context, key string) (string, bool, error) {
	if b.misses > 0 {
		b.misses--
		return "", false, errDown
	}
	if b.down {
		return "", false, errDown
	}
	return b.Memory.Lookup(ctx, key)
}

// scene is a stage with what a check may disturb.
type scene struct {
	*stage
	cache *breakable // nil where the variant has no external cache
}

func refused(status int) bool {
	return status == 401 || status == 403 || status == 429 || status == 503
}

// dead logs a fresh token out and reports whether the gateway then refuses it.
func (s *scene) dead(then func(token string) int) bool {
	token := s.login()
	require.Equal(s.t, 200, s.call(token), "a fresh token is accepted")
	require.Equal(s.t, 204, s.logout(token))
	return refused(then(token))
}

func (s *scene) later(d time.Duration) func(string) int {
	return func(token string) int {
		s.clock.advance(d)
		return s.call(token)
	}
}

func (s *scene) spelled(respell func(string) string) func(string) int {
	return func(token string) int {
		return s.send(0, "GET", "/api/hello", respell("Bearer "+token)).Code
	}
}

// checks are claims that the README's tables make, under their row names.
// Each reports whether the variant stops what the row names.
var checks = map[string]func(s *scene) bool{
	"retention/past-60s":                           func(s *scene) bool { return s.dead(s.later(61*time.Second)) && s.dead(s.elsewhere) },
	"retention/past-300s":                          func(s *scene) bool { return s.dead(s.later(301*time.Second)) && s.dead(s.elsewhere) },
	"retention/until-exp":                          func(s *scene) bool { return s.dead(s.later(lifetime-time.Second)) && s.dead(s.elsewhere) },
	"respelling/scheme-case":                       func(s *scene) bool { return s.dead(s.spelled(func(h string) string { return "bearer" + h[6:] })) },
	"respelling/extra-space":                       func(s *scene) bool { return s.dead(s.spelled(func(h string) string { return "Bearer " + h[6:] })) },
	"respelling/trailing-bits":                     func(s *scene) bool { return s.dead(s.spelled(trailingBits)) },
	"respelling/ecdsa-twin":                        func(s *scene) bool { return s.dead(s.spelled(twin)) },
	"isolation/headerless-logout-blocks-nobody":    (*scene).headerless,
	"a logout that the backend failed":             (*scene).failedLogout,
	"cluster/other-replica":                        func(s *scene) bool { return s.dead(s.elsewhere) },
	"cluster/replica-restarted":                    func(s *scene) bool { return s.dead(s.restarted) },
	"resilience/store-down-call":                   (*scene).cacheDown,
	"resilience/store-restart-without-persistence": (*scene).cacheEmptied,
	"threshold >":                                  nil, // a stage of its own
}

func (s *scene) elsewhere(token string) int {
	return s.send(1, "GET", "/api/hello", "Bearer "+token).Code
}

func (s *scene) restarted(token string) int {
	s.service.Restart(0)
	return s.call(token)
}

// headerless: a logout without a token must not keep others from logging in.
func (s *scene) headerless() bool {
	s.send(0, "POST", "/logout", "")
	return s.send(0, "POST", "/login", "").Code == 200
}

// failedLogout: a logout that the backend did not complete must not revoke.
func (s *scene) failedLogout() bool {
	token := s.login()
	s.issuer.logout = 500
	s.logout(token)
	return s.call(token) == 200
}

func (s *scene) cacheDown() bool {
	return s.dead(func(token string) int {
		s.cache.down = true
		return s.call(token)
	})
}

// cacheEmptied: and a new login, so that the gateway serves again.
func (s *scene) cacheEmptied() bool {
	return s.dead(func(token string) int {
		s.cache.Clear()
		s.clock.advance(time.Second)
		require.Equal(s.t, 200, s.call(s.login()))
		return s.call(token)
	})
}

func variants(t *testing.T) map[string]map[apim.Scope]apim.Document {
	all := map[string]map[apim.Scope]apim.Document{"recipe": apim.Recipe()}
	for _, v := range apim.Variants() {
		documents, err := apim.Hardened(v)
		require.NoError(t, err)
		all[v] = documents
	}
	return all
}

func newScene(t *testing.T, variant string, documents map[apim.Scope]apim.Document, threshold apim.Threshold) *scene {
	s := &scene{}
	s.stage = newStage(t, documents, func(o *apim.Options) {
		o.Regions, o.Threshold = 2, threshold
		if variant == "redis" || variant == "cache" {
			s.cache = &breakable{Memory: cache.NewMemory(o.Clock, 0)}
			o.External = s.cache
		}
	})
	return s
}

// TestReadmeTablesAreTrue holds the tables of fixtures/apim/README.md to what
// the policies do, wherever there is a check. The catalogue is played against
// the first table in scenarios/target/apim.
func TestReadmeTablesAreTrue(t *testing.T) {
	all := variants(t)
	table := readTables(t)
	for row := range checks {
		assert.Contains(t, table, row, "the tables lack a row")
	}
	for row, cells := range table {
		check, threshold := checks[row], apim.AtLimit
		if row == "threshold >" {
			check, threshold = func(s *scene) bool { return s.dead(s.call) }, apim.OverLimit
		}
		for column, cell := range cells {
			if check == nil || cell == "-" {
				continue
			}
			t.Run(row+"/"+column, func(t *testing.T) {
				variant, _, _ := strings.Cut(column, ",")
				cacheOf := variant
				if column == "cache, built-in" {
					cacheOf = "none"
				}
				stops := check(newScene(t, cacheOf, all[variant], threshold))
				assert.Contains(t, map[bool][]string{true: {"stops", "passes"}, false: {"misses", "fails"}}[stops], cell)
			})
		}
	}
}

// readTables reads the rows of both tables, whose first cell is in code quotes.
func readTables(t *testing.T) map[string]map[string]string {
	text, err := fs.ReadFile(apimpolicies.Files, "README.md")
	require.NoError(t, err)
	table := map[string]map[string]string{}
	var columns []string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " *`")
		}
		if cells[0] == "scenario" || cells[0] == "what happens" {
			columns = cells
		}
		if !strings.HasPrefix(line, "| `") || len(cells) != len(columns) {
			continue
		}
		table[cells[0]] = map[string]string{}
		for i := 1; i < len(cells); i++ {
			table[cells[0]][columns[i]] = cells[i]
		}
	}
	return table
}

// What the README says of the variant "cache" where there is no external one.
func TestCacheVariantOnTheBuiltInCache(t *testing.T) {
	documents := variants(t)["cache"]
	for _, row := range []string{"cluster/other-replica", "cluster/replica-restarted"} {
		assert.False(t, checks[row](newScene(t, "built-in", documents, apim.AtLimit)), row)
	}
	alone := newScene(t, "built-in", documents, apim.AtLimit)
	assert.True(t, alone.dead(alone.later(lifetime-time.Second)))
}

// Storing is asynchronous: a replay right behind the logout may pass.
func TestCacheVariantStoresLate(t *testing.T) {
	s := newStage(t, variants(t)["cache"], func(o *apim.Options) { o.StoreDelay = time.Second })
	token := s.login()
	require.Equal(t, 204, s.logout(token))
	assert.Equal(t, 200, s.call(token))
	s.clock.advance(time.Second)
	assert.Equal(t, 401, s.call(token))
}

// The page on cache-lookup-value says of a miss both that the variable is not
// set and that it is null. The variants hold under either.
func TestVariantsWhereAMissIsNull(t *testing.T) {
	for _, variant := range []string{"cache", "redis"} {
		documents := variants(t)[variant]
		for scope, d := range documents {
			d.XML = strings.ReplaceAll(d.XML, "<cache-lookup-value ", `<cache-lookup-value default-value="@(null)" `)
			documents[scope] = d
		}
		for _, row := range []string{"retention/until-exp", "respelling/extra-space", "cluster/other-replica", "isolation/headerless-logout-blocks-nobody"} {
			assert.True(t, checks[row](newScene(t, variant, documents, apim.AtLimit)), "%s %s", variant, row)
		}
		if variant == "redis" {
			assert.True(t, checks["resilience/store-down-call"](newScene(t, variant, documents, apim.AtLimit)))
			assert.True(t, checks["resilience/store-restart-without-persistence"](newScene(t, variant, documents, apim.AtLimit)))
		}
	}
}

// A cache that is away is not a success for logouts either.
func TestRedisVariantRefusesLogoutsWithoutItsCache(t *testing.T) {
	s := newScene(t, "redis", variants(t)["redis"], apim.AtLimit)
	token := s.login()
	s.cache.down = true
	assert.Equal(t, 503, s.logout(token))
	assert.Equal(t, 503, s.call(token))
	s.cache.down = false
	assert.Equal(t, 200, s.call(token))
}
