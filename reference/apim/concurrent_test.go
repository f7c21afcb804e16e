package apim_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
)

// With literals, check and increment are one step: however many calls come at
// once, so many are admitted. The issuer's own lock keeps its count.
func TestConcurrentCallsAreCountedOnce(t *testing.T) {
	s := newStage(t, inbound(`<rate-limit-by-key calls="10" renewal-period="60" counter-key="k"/>
		<cache-store-value key="@(context.Request.IpAddress)" value="1" duration="5"/>`), nil)
	var admitted atomic.Int32
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if get(s).Code == 200 {
				admitted.Add(1)
			}
		})
	}
	wg.Wait()
	assert.Equal(t, int32(10), admitted.Load())
	assert.Equal(t, 10, s.issuer.hits)
}
