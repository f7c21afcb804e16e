package sides

import (
	"fmt"
	"os"
	"runtime"
)

// outsideHeap is the resident memory that Go's runtime did not ask for, which
// is where SQLite keeps a database in memory.
func outsideHeap(m runtime.MemStats) uint64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, resident, shared uint64
	if _, err := fmt.Sscan(string(b), &size, &resident, &shared); err != nil {
		return 0
	}
	bytes := (resident - shared) * uint64(os.Getpagesize())
	if ours := m.Sys - m.HeapReleased; bytes > ours {
		return bytes - ours
	}
	return 0
}
