package wire

import (
	"bytes"
	"slices"
)

// maxLine bounds what is kept of a line that does not end.
const maxLine = 1 << 20

// events counts the events in an answer that comes in pieces: those of server-sent
// events with data (HTML, section 9.2.6), or lines that are not blank, or, where there
// are no lines, pieces that are not.
type events struct {
	sse   bool
	lines bool // there are lines
	rest  []byte
	// name and data of the event under way.
	name string
	data bool
}

// keepAlives are names that events have which say nothing but that the connection
// stands.
var keepAlives = []string{"ping", "heartbeat", "keepalive", "keep-alive"}

// in counts the events that a further piece completes.
func (e *events) in(piece []byte) (n int) {
	e.rest = append(e.rest, piece...)
	for {
		i := bytes.IndexByte(e.rest, '\n')
		if i < 0 {
			break
		}
		line := bytes.TrimSuffix(e.rest[:i], []byte("\r"))
		e.lines = true
		if e.ends(line) {
			n++
		}
		e.rest = e.rest[i+1:]
	}
	whole := !e.sse && !e.lines && len(bytes.TrimSpace(e.rest)) > 0
	if whole {
		n++
	}
	if whole || len(e.rest) > maxLine {
		e.rest = nil
	}
	return n
}

// ends reports whether an event ends with a line.
func (e *events) ends(line []byte) bool {
	if !e.sse {
		return len(bytes.TrimSpace(line)) > 0
	}
	if len(line) == 0 {
		is := e.data && !slices.Contains(keepAlives, e.name)
		e.name, e.data = "", false
		return is
	}
	field, value, _ := bytes.Cut(line, []byte(":"))
	switch value = bytes.TrimSpace(value); string(field) {
	case "data":
		e.data = e.data || len(value) > 0
	case "event":
		e.name = string(value)
	}
	return false
}
