package queue

// Heap is a 4-ary heap. The zero value is empty and ready.
type Heap struct{ events []Event }

const arity = 4

// Len is how many events are pending.
func (h *Heap) Len() int { return len(h.events) }

// Push adds an event.
func (h *Heap) Push(e Event) {
	h.events = append(h.events, e)
	at := len(h.events) - 1
	for at > 0 {
		up := (at - 1) / arity
		if !e.Before(h.events[up]) {
			break
		}
		h.events[at] = h.events[up]
		at = up
	}
	h.events[at] = e
}

// Pop takes the first event. There must be one.
func (h *Heap) Pop() Event {
	first, last := h.events[0], len(h.events)-1
	moved := h.events[last]
	h.events = h.events[:last]
	if last > 0 {
		h.sink(moved)
	}
	return first
}

// sink puts the event in place of the first one.
func (h *Heap) sink(e Event) {
	at := 0
	for {
		least := arity*at + 1
		if least >= len(h.events) {
			break
		}
		for child := least + 1; child < min(arity*at+1+arity, len(h.events)); child++ {
			if h.events[child].Before(h.events[least]) {
				least = child
			}
		}
		if !h.events[least].Before(e) {
			break
		}
		h.events[at] = h.events[least]
		at = least
	}
	h.events[at] = e
}
