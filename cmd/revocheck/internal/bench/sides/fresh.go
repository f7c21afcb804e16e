package sides

import (
	"fmt"
	"sync"

	"github.com/revocheck/revocheck/loadgen"
)

// fresh holds tokens that are made for one call or one logout. Those of a
// storm are kept for as long as they may be replayed.
type fresh struct {
	mu     sync.Mutex
	tokens map[loadgen.Call]string
	storm  []loadgen.Call // oldest first
}

// keepStorm is how many storm tokens are kept: more than loadgen replays.
const keepStorm = 4096

func newFresh() *fresh { return &fresh{tokens: map[loadgen.Call]string{}} }

// key is a call as its token is found by: a storm token is logged out as Live
// and replayed as Revoked.
func key(c loadgen.Call) loadgen.Call {
	if c.Stormed {
		c.Class = loadgen.Live
	}
	return c
}

func (f *fresh) put(c loadgen.Call, raw string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tokens[key(c)] = raw
	if c.Stormed {
		f.storm = append(f.storm, key(c))
	}
}

func (f *fresh) take(c loadgen.Call) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	raw, found := f.tokens[key(c)]
	if !found {
		return "", fmt.Errorf("no %s token was made ready for call %d", c.Class, c.Index)
	}
	return raw, nil
}

// forget drops what the slices before have used up.
func (f *fresh) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if old := len(f.storm) - keepStorm; old > 0 {
		f.storm = append([]loadgen.Call(nil), f.storm[old:]...)
	}
	kept := make(map[loadgen.Call]string, len(f.storm))
	for _, c := range f.storm {
		kept[c] = f.tokens[c]
	}
	f.tokens = kept
}
