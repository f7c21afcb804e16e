package replay

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

func TestPartsOfAnAnswer(t *testing.T) {
	live := partsOf([]byte(`{"hello":"alice","at":1,"rights":["read","write"]}`))
	later := partsOf([]byte(`{"at":2,"rights":["write","read"],"hello":"alice"}`))
	none := partsOf([]byte(`{"hello":"world","rights":["read"]}`))
	got := live.and(later).without(none)
	if len(got) != 2 || !got["$.hello=alice"] || !got["$.rights[]=write"] {
		t.Errorf("what a live token gets each time, and none does not, is %v", got)
	}
}

func TestPartsOfTextAreItsLines(t *testing.T) {
	got := partsOf([]byte("<p>Hello alice\r\n\n<p>10:00\n")).without(partsOf([]byte("<p>10:00")))
	if len(got) != 1 || !got["a line of text=<p>Hello alice"] {
		t.Errorf("the line that differs is %v", got)
	}
}

func TestTamperedDiffersWithinTheSignature(t *testing.T) {
	for _, raw := range []string{"a.b.cdefgh", "a.b.AAAAAA"} {
		if got := scenarios.TamperedSignature(raw); got == raw || len(got) != len(raw) || got[:4] != raw[:4] {
			t.Errorf("%s is tampered to %s", raw, got)
		}
	}
}
