package wire

import (
	"strings"
	"testing"
)

// TestEventsAreCounted, however their bytes come.
func TestEventsAreCounted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sse   bool
		bytes string
		want  int
	}{
		"two events":             {true, "data: 1\n\ndata: 2\n\n", 2},
		"carriage returns":       {true, "data: 1\r\n\r\ndata: 2\r\n\r\n", 2},
		"one of several lines":   {true, "id: 7\nevent: news\ndata: a\ndata: b\n\n", 1},
		"comments":               {true, ": still here\n\n: still here\n\n", 0},
		"a comment in an event":  {true, ": still here\ndata: 1\n\n", 1},
		"an event without data":  {true, "id: 7\n\nevent: news\n\n", 0},
		"blank data":             {true, "data:\n\ndata: \n\n", 0},
		"a ping":                 {true, "event: ping\ndata: 1\n\n", 0},
		"data after a ping":      {true, "event: ping\ndata: 1\n\ndata: 2\n\n", 1},
		"one that is not whole":  {true, "data: 1\n", 0},
		"a retry time":           {true, "retry: 100\n\n", 0},
		"lines":                  {false, "{\"n\":1}\n{\"n\":2}\n", 2},
		"blank lines":            {false, "{\"n\":1}\n\n \r\n", 1},
		"a line that is not yet": {false, "{\"n\":1}\n{\"n\"", 1},
	} {
		whole, each := events{sse: c.sse}, events{sse: c.sse, lines: true}
		if got := whole.in([]byte(c.bytes)); got != c.want {
			t.Errorf("%s: %d events, not %d", name, got, c.want)
		}
		got := 0
		for i := range len(c.bytes) {
			got += each.in([]byte(c.bytes[i : i+1]))
		}
		if got != c.want {
			t.Errorf("%s, byte by byte: %d events, not %d", name, got, c.want)
		}
	}
	var pieces events
	if n := pieces.in([]byte("one")) + pieces.in([]byte(" ")) + pieces.in([]byte("two")); n != 2 {
		t.Errorf("%d events in pieces without lines", n)
	}
}

func FuzzEvents(f *testing.F) {
	f.Add(true, "data: 1\n\nevent: ping\n\n")
	f.Add(false, "{}\n")
	f.Fuzz(func(t *testing.T, sse bool, text string) {
		e := events{sse: sse}
		if n := e.in([]byte(text)); n < 0 || n > strings.Count(text, "\n")+1 {
			t.Errorf("%d events in %q", n, text)
		}
	})
}
