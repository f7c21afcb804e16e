package cluster

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var propagationFaults = []fault.Fault{
	{Name: "replica-never-hears", Summary: "Each replica keeps a list of its own, and never hears of the others' logouts.", Plant: fault.Each(keepOwnList)},
	{Name: "replica-lags-100ms", Summary: "A replica hears of another's logouts 100 ms late.", Plant: lagBehind},
	{
		Name: "lags-past-window", Summary: "A replica hears of another's logouts 100 ms late, and a leak window of 50 ms is declared.",
		Adjust: func(cfg *gateway.Config) { cfg.LeakWindow = lag / 2 }, Plant: lagBehind,
	},
}

func keepOwnList(p *gateway.Process) { p.List = store.NewMemory(p.Config.Clock) }

const lag = 100 * time.Millisecond

func lagBehind(s *gateway.Site) func(*gateway.Process) {
	return func(p *gateway.Process) { p.List = s.HearsLate(p, lag, p.Now) }
}
