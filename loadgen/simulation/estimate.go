package simulation

import (
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// Cost is what a simulation will take, roughly.
type Cost struct {
	Time   time.Duration
	Memory float64 // bytes
}

// What an event takes on one core, and what a device and a stolen token take of
// memory: figures of BenchmarkWorld on a common machine.
const (
	eventTime   = 500 * time.Nanosecond
	deviceBytes = 150
	theftBytes  = 200
	probes      = 270 // of a stolen token of an hour
)

// Estimate says what so many strategies of a workload take on so many cores.
func Estimate(w *workload.Workload, strategies, cores int) Cost {
	devices := w.Users.Count / w.Sample * float64(w.Users.Devices)
	days := w.Span.Hours() / 24
	sessions := devices * w.Users.Logins / float64(w.Users.Devices) * days
	present := world.Present(w) * devices
	calls := present * w.Users.Calls / 60 * w.Span.Seconds()
	thefts := sessions * (1 - w.Users.Forget) * stealing(w)
	replays := thefts * w.Tokens.Lifetime.Seconds() / 2 / w.Thieves.Every.Seconds()
	past := devices // what is there at the start
	events := past + 2*sessions + calls + thefts*probes + replays
	worlds := float64(strategies * w.Replications)
	cores = min(cores, strategies*w.Replications)
	return Cost{
		Time:   time.Duration(min(events*worlds*float64(eventTime)/float64(cores), 1e18)),
		Memory: float64(cores)*devices*deviceBytes + worlds*thefts*theftBytes,
	}
}

// stealing is the share of the logged-out tokens that is stolen, at most.
func stealing(w *workload.Workload) float64 {
	return min(w.Thieves.Share+w.Thieves.PerHour*w.Tokens.Lifetime.Hours(), 1)
}
