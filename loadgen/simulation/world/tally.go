package world

// Tally is what was counted in one replication, of the sample that was
// simulated.
type Tally struct {
	Slots []Slot
	Slot  float64 // the length of one, in seconds

	Thefts    []Theft
	Unended   int     // stolen, and the logout was refused
	Forgotten int     // stolen, and never logged out
	Left      float64 // seconds that the forgotten ones had left, in all
	Events    uint64
}

// Theft is a stolen token, from the acknowledgement of its logout on.
type Theft struct {
	Usable  float64 // seconds in which a call would have been accepted
	Window  float64 // seconds to the last moment at which one would have been
	Replays int
	Leaks   int // accepted replays
	// Rest is how long the token had to live at its logout, in seconds.
	Rest float64
}

// Slot is what was counted in a part of the run.
type Slot struct {
	Calls, Leaks, OverBlocks, Siblings, Unavailable, Unasked uint64
	Logins, RefusedLogins, Logouts, RefusedLogouts           uint64
	Reads, Writes                                            uint64
	Live, Entries                                            int // at its end
}

// Add adds what another slot counted.
func (s *Slot) Add(o Slot) {
	s.Calls += o.Calls
	s.Leaks += o.Leaks
	s.OverBlocks += o.OverBlocks
	s.Siblings += o.Siblings
	s.Unavailable += o.Unavailable
	s.Unasked += o.Unasked
	s.Logins += o.Logins
	s.RefusedLogins += o.RefusedLogins
	s.Logouts += o.Logouts
	s.RefusedLogouts += o.RefusedLogouts
	s.Reads += o.Reads
	s.Writes += o.Writes
}

// Sum is the whole run in one slot.
func (t *Tally) Sum() (sum Slot) {
	for _, s := range t.Slots {
		sum.Add(s)
	}
	return sum
}
