package handler

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios"
)

var nothing = http.NotFoundHandler()

func TestAGatewayIsAsItsTargetSays(t *testing.T) {
	closed := 0
	clock := scenarios.Powers{Now: time.Now, Advance: func(time.Duration) {}}
	for name, c := range map[string]struct {
		target Target
		makes  Gateway
		says   string // "" if all is well
	}{
		"one replica":        {Target{}, Gateway{Replicas: []http.Handler{nothing}}, ""},
		"no replica":         {Target{}, Gateway{}, "made 0 replicas, and ReplicaCount says 1"},
		"one of two":         {Target{ReplicaCount: 2}, Gateway{Replicas: []http.Handler{nothing}}, "made 1 replicas, and ReplicaCount says 2"},
		"two of two":         {Target{ReplicaCount: 2}, Gateway{Replicas: []http.Handler{nothing, nothing}}, ""},
		"no backend":         {Target{HasBackend: true}, Gateway{Replicas: []http.Handler{nothing}}, "HasBackend is true"},
		"a backend unsaid":   {Target{}, Gateway{Replicas: []http.Handler{nothing}, Backend: nothing}, "HasBackend is false"},
		"a backend":          {Target{HasBackend: true}, Gateway{Replicas: []http.Handler{nothing}, Backend: nothing}, ""},
		"no clock":           {Target{Has: clock}, Gateway{Replicas: []http.Handler{nothing}}, "Has promises [movable-clock]"},
		"a clock":            {Target{Has: clock}, Gateway{Replicas: []http.Handler{nothing}, Powers: clock}, ""},
		"more than was said": {Target{}, Gateway{Replicas: []http.Handler{nothing}, Powers: clock}, ""},
		"a replica to be made": {
			Target{Has: scenarios.Powers{AddReplica: func() (string, error) { return "", nil }}},
			Gateway{Replicas: []http.Handler{nothing}, NewReplica: func() (http.Handler, error) { return nothing, nil }}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.makes.Close = func() error { closed++; return nil }
			c.target.Start = func() (Gateway, error) { return c.makes, nil }
			i, err := c.target.Open(t.Context())
			if c.says != "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("error %v does not say %q", err, c.says)
				}
			} else if err != nil {
				t.Fatal(err)
			} else if err := i.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	if closed != 11 {
		t.Errorf("%d of 11 gateways were closed", closed)
	}
}

// TestAReplicaIsServed asks a replica that was added over the network.
func TestAReplicaIsServed(t *testing.T) {
	say := func(status int) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	target := Target{Start: func() (Gateway, error) {
		return Gateway{
			Replicas:   []http.Handler{say(http.StatusTeapot)},
			NewReplica: func() (http.Handler, error) { return say(http.StatusAccepted), nil },
		}, nil
	}}
	i, err := target.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	added, err := i.Powers.AddReplica()
	if err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]int{i.Endpoints[0]: http.StatusTeapot, added: http.StatusAccepted} {
		answer, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%s answered %d, want %d", url, answer.StatusCode, want)
		}
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
	if answer, err := http.Get(added); err == nil {
		_ = answer.Body.Close()
		t.Error("a replica is served after the gateway was closed")
	}
}

// A panic is kept with its stack, once for all requests alike; a connection that
// a handler ends on purpose is none. The caller sees the connection break.
func TestAPanicIsKept(t *testing.T) {
	target := Target{Start: func() (Gateway, error) {
		return Gateway{Replicas: []http.Handler{http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/aborts" {
				panic(http.ErrAbortHandler)
			}
			stumble()
		})}}, nil
	}}
	i, err := target.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = i.Close() }()
	for _, path := range []string{"/aborts", "/basket", "/basket"} {
		if answer, err := http.Get(i.Endpoints[0] + path); err == nil {
			_ = answer.Body.Close()
			t.Errorf("%s was answered %d", path, answer.StatusCode)
		}
	}
	all := i.Panics()
	if len(all) != 1 || all[0].What != "the gateway's handler panicked at GET /basket: on a step" {
		t.Fatalf("kept: %v", all)
	}
	if !strings.HasPrefix(all[0].Stack, "panic(") || !strings.Contains(all[0].Stack, "handler.stumble(") {
		t.Errorf("the stack is\n%s", all[0].Stack)
	}
}

func stumble() { panic("on a step") }
