package benchside

import "runtime/debug"

// memoryLimit is for the heap and the stacks of the generator; with the
// program's own pages it stays under the 50 MiB that it is promised to take.
const memoryLimit = 30 << 20

// LimitMemory has the garbage collector of this process, which is to be the
// generator alone, work for its memory. It returns what undoes that.
func LimitMemory() (undo func()) {
	before := debug.SetMemoryLimit(memoryLimit)
	return func() { debug.SetMemoryLimit(before) }
}
