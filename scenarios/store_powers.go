package scenarios

import (
	"fmt"
	"time"
)

// StorePowers are what the suite can do to the store of a target. A nil
// function is a power that it does not have.
type StorePowers struct {
	// BreakStore makes the store unreachable. MendStore takes back whatever was
	// done to the store and to the ways to it.
	BreakStore func() error
	MendStore  func() error
	// SlowStore makes every answer of the store come so much later.
	SlowStore func(by time.Duration) error
	// ResetStore breaks every connection to the store as it is used.
	ResetStore func() error
	// PartitionStore keeps replica i, from 0, from reaching the store.
	PartitionStore func(i int) error
	// FillStore uses up the store's memory.
	FillStore func() error
	// RestartStore restarts the store as a crash does, and FailOverStore has
	// its stand-in take over. What is not persisted or not replicated is gone.
	RestartStore  func() error
	FailOverStore func() error
}

// planStore are powers that do nothing, those of actual ones that are there.
func planStore(pl *plan, actual *Powers) StorePowers {
	if actual == nil {
		actual = &Powers{StorePowers: allStorePowers}
	}
	note := func(have func() error, what string) func() error {
		if have == nil {
			return nil
		}
		return func() error { pl.note(what); return nil }
	}
	p := StorePowers{
		BreakStore:    note(actual.BreakStore, "take the store away"),
		MendStore:     note(actual.MendStore, "bring the store back"),
		ResetStore:    note(actual.ResetStore, "reset the connections to the store"),
		FillStore:     note(actual.FillStore, "fill the store"),
		RestartStore:  note(actual.RestartStore, "restart the store"),
		FailOverStore: note(actual.FailOverStore, "fail the store over"),
	}
	if actual.SlowStore != nil {
		p.SlowStore = func(by time.Duration) error { pl.note(fmt.Sprintf("slow the store by %s", by)); return nil }
	}
	if actual.PartitionStore != nil {
		p.PartitionStore = func(i int) error { pl.note(fmt.Sprintf("cut replica %d off from the store", i+1)); return nil }
	}
	return p
}

func nothing() error { return nil }

var allStorePowers = StorePowers{
	BreakStore: nothing, MendStore: nothing, ResetStore: nothing, FillStore: nothing, RestartStore: nothing, FailOverStore: nothing,
	SlowStore:      func(time.Duration) error { return nil },
	PartitionStore: func(int) error { return nil },
}

// StoreSharer is a Target whose instances, though each is fresh, use one store
// and feel what happens to it.
type StoreSharer interface{ SharesStore() bool }

// alone reports whether no other scenario may run beside s.
func (r *run) alone(s Scenario) bool {
	if sharer, ok := r.target.(StoreSharer); ok && sharer.SharesStore() && s.harmsStore() {
		return true
	}
	return (s.Alone || s.Last) && r.target.Shared()
}

func (s Scenario) harmsStore() bool {
	for _, need := range s.Needs {
		if (Powers{StorePowers: allStorePowers}).give(need) && need != StorePartition {
			return true
		}
	}
	return false
}
