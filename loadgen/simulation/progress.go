package simulation

import "sync"

// progress adds up what the worlds have done.
type progress struct {
	mu     sync.Mutex
	worlds []float64 // the share of each that is done
	span   float64   // seconds
	sum    float64
	tell   func(float64)
}

func newProgress(worlds int, span float64, tell func(float64)) *progress {
	return &progress{worlds: make([]float64, worlds), span: span, tell: tell}
}

// of is what the world with that number tells of itself.
func (p *progress) of(number int) func(seconds float64) {
	if p.tell == nil {
		return nil
	}
	return func(seconds float64) {
		p.mu.Lock()
		defer p.mu.Unlock()
		share := min(max(seconds/p.span, 0), 1)
		p.sum += share - p.worlds[number]
		p.worlds[number] = share
		p.tell(p.sum / float64(len(p.worlds)))
	}
}
