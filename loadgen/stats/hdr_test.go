package stats

import (
	"bytes"
	"os"
	"testing"
	"time"
)

func TestHDRText(t *testing.T) {
	var h Histogram
	for n := range 100 {
		h.Add(time.Duration(n+1) * time.Millisecond)
	}
	var out bytes.Buffer
	if err := h.WriteHDR(&out); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/percentiles.hgrm")
	if err != nil || out.String() != string(want) {
		t.Errorf("%v; got:\n%s", err, out.String())
	}
}
