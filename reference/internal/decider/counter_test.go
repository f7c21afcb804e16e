package decider

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/apim"
)

// TestACounterDecidesAsThePoliciesDo plays logouts and calls at random moments, in
// two regions, against a counter and against a service that runs the published
// documents.
func TestACounterDecidesAsThePoliciesDo(t *testing.T) {
	for name, c := range map[string]struct {
		counting Counting
		options  apim.Options
	}{
		"the recipe":         {Counting{}, apim.Options{}},
		"over the limit":     {Counting{Over: true}, apim.Options{Threshold: apim.OverLimit}},
		"v2":                 {Counting{Bucket: true}, apim.Options{Tier: apim.V2}},
		"regions that tell":  {Counting{Sync: 10 * time.Second}, apim.Options{Sync: apim.Sync{Enabled: true, Delay: 10 * time.Second}}},
		"v2, over the limit": {Counting{Bucket: true, Over: true}, apim.Options{Tier: apim.V2, Threshold: apim.OverLimit}},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &stopped{time.Unix(1_800_000_000, 0)}
			o := c.options
			o.Documents, o.Operations, o.Regions, o.Clock = apim.Recipe(), apim.Operations(), 2, clock
			delete(o.Documents, apim.APIScope("protected")) // which only validates the token
			o.Backend = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
			service, err := apim.New(o)
			if err != nil {
				t.Fatal(err)
			}
			counter := NewCounter(c.counting, 2, 0, clock)
			ask := func(region int, method, path string, token byte) bool {
				r := httptest.NewRequest(method, path, nil)
				r.Header.Set("Authorization", fmt.Sprintf("Bearer token-%d", token))
				w := httptest.NewRecorder()
				service.Gateway(region).ServeHTTP(w, r)
				return w.Code == http.StatusOK
			}
			r := rand.New(rand.NewPCG(1, 1))
			refused := 0
			for step := range 3000 {
				clock.now = clock.now.Add(time.Duration(r.Int64N(int64(20 * time.Second))))
				region, token := r.IntN(2), byte(r.IntN(5))
				ticket := Ticket{Key: [16]byte{token}, Expires: clock.now.Unix() + 3600}
				if r.IntN(6) == 0 {
					ask(region, http.MethodPost, "/logout", token)
					_ = counter.End(region, &ticket)
					continue
				}
				want := ask(region, http.MethodGet, "/api/hello", token)
				if got, _ := counter.Check(region, &ticket); got != want {
					t.Fatalf("step %d: the counter accepts: %t, the policies: %t", step, got, want)
				}
				if !want {
					refused++
				}
			}
			if refused == 0 && !c.counting.Over {
				t.Error("nothing was refused")
			}
		})
	}
}
