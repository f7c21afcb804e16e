package realredis_test

import (
	"cmp"
	"net/url"
	"slices"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/scenariotest"
	"github.com/revocheck/revocheck/scenarios/target/reference"
	"github.com/revocheck/revocheck/scenarios/target/reference/realredis"
)

const group = "resilience/"

// play plays scenarios about the store over a real one.
func play(t *testing.T, o redisserver.Options, cfg gateway.Config, only string) map[string]report.Record {
	t.Helper()
	o.Proxied = o.Topology != redisserver.Sentinel
	server := redistest.Start(t, o)
	cfg.Store = server.URL()
	if cfg.WaitReplicas > 0 {
		cfg.Store = patient(t, cfg.Store)
	}
	target, err := reference.Over(cfg, 2, realredis.Outside(server, o, cfg.WaitReplicas))
	if err != nil {
		t.Fatal(err)
	}
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	records, err := scenariotest.Decided(t.Context(), target, all, scenarios.Options{Profile: scenarios.Full, Only: []string{group + only}})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// patient gives replicas seconds for what takes them milliseconds: the
// machine is busy.
func patient(t *testing.T, store string) string {
	u, err := url.Parse(store)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set("read_timeout", "5s")
	u.RawQuery = query.Encode()
	return u.String()
}

// TestScenariosOverARedisThatBreaks has real servers cut off, slowed, reset,
// killed, filled and failed over under a gateway. The scenarios named warn or
// fail; every other passes, or is not claimed.
func TestScenariosOverARedisThatBreaks(t *testing.T) {
	const full = "4mb"
	for name, c := range map[string]struct {
		options redisserver.Options
		config  gateway.Config
		only    string // "" for all
		ran     string
		fails   []string
		mayFail string
	}{
		"container": {
			options: redisserver.Options{Persistence: redisserver.Always}, ran: "store-restart-with-persistence",
		},
		"appendfsync everysec": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.EverySecond}, ran: "store-back",
			// While an fsync runs, Redis keeps a write in its own memory for up
			// to two seconds, and a kill loses it.
			mayFail: "store-restart-with-persistence",
		},
		"nothing persisted": {
			options: redisserver.Options{Source: redisserver.Process}, ran: "store-slow",
			fails: []string{"store-restart-without-persistence"},
		},
		"nothing persisted, and a mark": {
			options: redisserver.Options{Source: redisserver.Process}, config: gateway.Config{MarkStore: true},
			ran: "store-restart-without-persistence",
		},
		"noeviction": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always, MaxMemory: full, Policy: "noeviction"},
			ran:     "store-evicts",
		},
		"allkeys-lru": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always, MaxMemory: full, Policy: "allkeys-lru"},
			ran:     "store-back", fails: []string{"store-evicts"},
		},
		"posture open": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always}, config: gateway.Config{Posture: gateway.PostureOpen},
			ran: "store-down-open",
		},
		"fails open": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always}, config: gateway.Config{Fault: "fails-open"},
			ran:   "store-restart-with-persistence",
			fails: []string{"connection-reset", "outage-loses-nothing", "store-back", "store-down-call", "store-partition", "store-slow"},
		},
		"falls back to memory": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always}, config: gateway.Config{Fault: "falls-back-to-memory"},
			ran:   "store-restart-with-persistence",
			fails: []string{"connection-reset", "outage-loses-nothing", "store-back", "store-down-call", "store-down-logout", "store-partition", "store-slow"},
		},
		"accepts on reset": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always}, config: gateway.Config{Fault: "reset-accepts"},
			ran: "store-back", fails: []string{"connection-reset"},
		},
		"cut off, and goes by what it heard": {
			options: redisserver.Options{Source: redisserver.Process, Persistence: redisserver.Always}, config: gateway.Config{Fault: "stale-when-cut-off"},
			ran: "store-back", fails: []string{"outage-loses-nothing", "store-partition"},
		},
		"failover": {
			options: redisserver.Options{Source: redisserver.Process, Topology: redisserver.Sentinel}, config: gateway.Config{WaitReplicas: 1, StoreTimeout: 5 * time.Second},
			only: "store-failover", ran: "store-failover",
		},
		"cluster": {
			options: redisserver.Options{Source: redisserver.Process, Topology: redisserver.Cluster, Persistence: redisserver.Always},
			ran:     "store-restart-with-persistence",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var failed []string
			records := play(t, c.options, c.config, cmp.Or(c.only, "*"))
			for id, r := range records {
				switch {
				case r.Verdict == report.Fail && id == group+c.mayFail:
					t.Logf("%s: %s", id, r.Why)
				case r.Verdict == report.Fail:
					failed = append(failed, id)
				case r.Verdict != report.Pass && r.Undeclared == "":
					t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
				}
			}
			slices.Sort(failed)
			for i := range c.fails {
				c.fails[i] = group + c.fails[i]
			}
			if !slices.Equal(failed, c.fails) {
				t.Errorf("fail: %v, want %v", failed, c.fails)
			}
			if r := records[group+c.ran]; r.Verdict != report.Pass {
				t.Errorf("%s: %s: %s", c.ran, r.Verdict, r.Why)
			}
		})
	}
}
