package sides

import "runtime/debug"

// memoryLimit is for the heap and the stacks of the generator; with the
// program's own pages it stays under the 50 MiB that it is promised to take.
const memoryLimit = 36 << 20

// garbage is how much the heap may grow between collections, in percent, as
// long as the limit allows: collecting costs more than the calls do.
const garbage = 400

// LimitMemory has the garbage collector of this process, which is to be the
// generator alone, work for its memory. It returns what undoes that.
func LimitMemory() (undo func()) {
	limit, percent := debug.SetMemoryLimit(memoryLimit), debug.SetGCPercent(garbage)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}
