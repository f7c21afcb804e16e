// Package queue holds the events of a simulation until they are due.
//
// Radix is the queue of a world; Heap is the simple one that it is tested
// against, and which it uses for what is due at once. Both give events in the
// order of (At, Ref). That order is total as long as an entity has one pending
// event of a kind, so it does not depend on the order in which they came.
package queue

// Event is something that is due. It has no pointers: the garbage collector
// never looks at a million of them.
type Event struct {
	At  int64  // nanoseconds of virtual time
	Ref uint64 // who and what, as the world has it
}

// Before reports whether e comes before f.
func (e Event) Before(f Event) bool { return e.At < f.At || e.At == f.At && e.Ref < f.Ref }
