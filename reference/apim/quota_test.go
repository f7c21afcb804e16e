package apim_test

import (
	"fmt"
	"html"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/revocheck/revocheck/reference/apim"
)

func TestQuotaRefusal(t *testing.T) {
	s := newStage(t, inbound(`<quota-by-key calls="1" renewal-period="600" counter-key="k" />`), nil)
	s.clock.advance(11*time.Minute + 36*time.Second)
	assert.Equal(t, 200, get(s).Code)
	w := get(s)
	assert.Equal(t, 403, w.Code)
	assert.Equal(t, `{ "statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 00:08:24." }`, w.Body.String())
	assert.Equal(t, "504", w.Header().Get("Retry-After"))
	s.clock.advance(8*time.Minute + 24*time.Second)
	assert.Equal(t, 200, get(s).Code)
}

func TestLongQuotaShowsDays(t *testing.T) {
	s := newStage(t, inbound(`<quota-by-key calls="1" renewal-period="2592000" counter-key="k" first-period-start="2026-01-01T00:00:00Z" />`), nil)
	get(s)
	assert.Contains(t, get(s).Body.String(), "replenished in 29.12:00:00.")
	s.clock.advance(27 * 24 * time.Hour)
	assert.Contains(t, get(s).Body.String(), "replenished in 2.12:00:00.", "as .NET formats a TimeSpan")
}

// Each of several quotas on a key is held, in windows of its own, and a request
// is not refused for what it has counted itself.
func TestQuotasOfOneKey(t *testing.T) {
	statuses := func(policies string, n int) []int {
		s := newStage(t, inbound(policies), nil)
		var got []int
		for range n {
			got = append(got, get(s).Code)
		}
		return got
	}
	day := `<quota-by-key calls="3" renewal-period="86400" counter-key="k"/>`
	assert.Equal(t, []int{200, 200, 403}, statuses(day+`<quota-by-key calls="2" renewal-period="3600" counter-key="k"/>`, 3))
	assert.Equal(t, []int{200, 200, 200, 403}, statuses(`<quota-by-key calls="9" renewal-period="3600" counter-key="k"/>`+day, 4))
	assert.Equal(t, []int{200, 403}, statuses(day+`<quota-by-key calls="1" renewal-period="86400" counter-key="k"/>`, 2))
	assert.Equal(t, []int{200, 403}, statuses(day+`<quota-by-key calls="1" renewal-period="86400" counter-key="k" increment-condition="false"/>`, 2))
}

// A key that is null or empty is a counter that all share, or an error.
func TestEmptyCounterKey(t *testing.T) {
	for _, policy := range []string{"rate-limit-by-key", "quota-by-key"} {
		for _, key := range []string{`@(context.Request.Headers.GetValueOrDefault("Authorization",""))`, `@((string)null)`} {
			limiter := inbound(fmt.Sprintf(`<%s calls="1" renewal-period="300" counter-key=%q increment-condition="@(true)"/>`, policy, html.EscapeString(key)))
			shared := newStage(t, limiter, nil)
			assert.Equal(t, 200, get(shared).Code)
			assert.Contains(t, []int{403, 429}, get(shared).Code)
			broken := newStage(t, limiter, func(o *apim.Options) { o.EmptyKey = apim.EmptyKeyError })
			answer := get(broken)
			assert.Equal(t, 500, answer.Code)
			assert.Contains(t, answer.Body.String(), "Internal server error")
			assert.Zero(t, broken.issuer.hits)
		}
	}
}
