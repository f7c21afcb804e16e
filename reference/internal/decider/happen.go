package decider

import "time"

// Break makes the store unreachable until Mend.
func (d *Decider) Break() { d.store.down = true }

// Mend makes the store reachable again. It has kept what it held.
func (d *Decider) Mend() { d.store.down = false }

// Forget has the store lose all that it holds.
func (d *Decider) Forget() {
	_ = d.store.Forget() // in memory it cannot fail
	d.store.notes.Clear()
}

// FailOver has another store take over that lacks what was written in the time
// before, of which Settings.Recent remembers so much.
func (d *Decider) FailOver(lost time.Duration) {
	d.store.lost.failOver(d.settings.Clock.Now().Add(-lost))
}

// Restart has the gateway of a region lose its memory, in which none of these
// strategies keeps anything.
func (d *Decider) Restart(int) {}

// Entries is how many entries the store holds. It looks at each of them.
func (d *Decider) Entries() int {
	n, _ := d.store.Len(background) // in memory it cannot fail
	return n
}

// Uses is how often the store was read and written.
func (d *Decider) Uses() (reads, writes uint64) { return d.store.reads, d.store.writes }

// Notes is how many entries are on their way to another region.
func (d *Decider) Notes() int { return d.store.notes.Len() }
