package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

func TestBenchDiffAndMerge(t *testing.T) {
	dir := t.TempDir()
	run, stream := filepath.Join(dir, "run.json"), filepath.Join(dir, "v.bin")
	if code, out, errOut := benchQuickly(t, "--save", run, "--vegeta", stream); code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errOut)
	}
	var out bytes.Buffer
	if handled, err := diffBenches(&out, run, run); !handled || err != nil || !strings.Contains(out.String(), "not significant") {
		t.Errorf("a run against itself: handled %v, %v\n%s", handled, err, out.String())
	}
	out.Reset()
	if err := mergeStreams(&out, []string{stream, stream}); err != nil || !strings.Contains(out.String(), "denylist") {
		t.Errorf("%v\n%s", err, out.String())
	}
}
