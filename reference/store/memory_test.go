package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
)

func TestMemoryDoesNotGrowForEver(t *testing.T) {
	c := clock.NewMovable()
	m := NewMemory(c)
	for round := range 20 {
		for i := range leastSweep / 2 {
			if err := m.Add(t.Context(), fmt.Sprint(round, i), time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		c.Advance(time.Hour)
	}
	if held := len(m.entries); held > 2*leastSweep {
		t.Errorf("%d entries are held, and all but %d of them have ended", held, leastSweep/2)
	}
}
