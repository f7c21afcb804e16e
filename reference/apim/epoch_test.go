package apim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
)

// besideTheGateway is the Redis variant where no login passes the gateway, and
// nothing begins the epoch but calls and logouts.
func besideTheGateway(t *testing.T) *scene {
	t.Helper()
	documents := variants(t)["redis"]
	delete(documents, apim.OperationScope("login"))
	return newScene(t, "redis", documents, apim.AtLimit)
}

// TestTheFirstCallBeginsTheEpoch, or the first logout: it is turned away, what is
// older is refused, and tokens from then on work and end.
func TestTheFirstCallBeginsTheEpoch(t *testing.T) {
	for name, first := range map[string]func(*scene, string) int{"call": (*scene).call, "logout": (*scene).logout} {
		s := besideTheGateway(t)
		early := s.login()
		s.clock.advance(time.Second)
		assert.Equal(t, 503, first(s, early), name)
		assert.Equal(t, 401, s.call(early), name)
		assert.Equal(t, 401, s.logout(early), name)
		assert.True(t, s.dead(s.later(lifetime-time.Second)), name)
	}
}

// TestAnEmptiedCacheRevivesNothing: whoever calls first, the revoked token too,
// begins an epoch after it.
func TestAnEmptiedCacheRevivesNothing(t *testing.T) {
	s := besideTheGateway(t)
	require.Equal(t, 503, s.call(s.login()))
	revoked, live := s.login(), s.login()
	require.Equal(t, 204, s.logout(revoked))
	require.Equal(t, 200, s.call(live))
	s.clock.advance(time.Second)
	s.cache.Clear()
	assert.Equal(t, 503, s.call(revoked))
	for range 3 {
		assert.Equal(t, 401, s.call(revoked))
		assert.Equal(t, 401, s.call(live))
	}
	assert.Equal(t, 200, s.call(s.login()))
}

// TestACacheThatIsAwayBeginsNothing: nobody is served, and once it is back what
// it holds counts as before.
func TestACacheThatIsAwayBeginsNothing(t *testing.T) {
	s := besideTheGateway(t)
	require.Equal(t, 503, s.call(s.login()))
	revoked, live := s.login(), s.login()
	require.Equal(t, 204, s.logout(revoked))
	s.clock.advance(time.Second)
	s.cache.down = true
	for range 3 {
		assert.Equal(t, 503, s.call(live))
		assert.Equal(t, 503, s.call(revoked))
	}
	s.cache.down = false
	assert.Equal(t, 401, s.call(revoked))
	assert.Equal(t, 200, s.call(live))
}

// TestALookUpThatFailsEndsNoSession: one that fails, or two, while what is stored
// arrives, is no lost epoch.
func TestALookUpThatFailsEndsNoSession(t *testing.T) {
	for _, misses := range []int{1, 2} {
		s := besideTheGateway(t)
		require.Equal(t, 503, s.call(s.login()))
		live := s.login()
		require.Equal(t, 200, s.call(live))
		s.clock.advance(time.Second)
		s.cache.misses = misses
		assert.Equal(t, 503, s.call(live))
		assert.Equal(t, 200, s.call(live), "%d look-ups failed", misses)
	}
}
