package terminal

import (
	"flag"
	"io"
	"testing"

	"github.com/revocheck/revocheck/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the difference before you commit it")

func golden(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	if err := sample.Golden(*update, name, write); err != nil {
		t.Error(err)
	}
}

func TestGolden(t *testing.T) {
	for name, run := range sample.Runs {
		golden(t, name+".txt", func(w io.Writer) error { return Write(w, run, Options{Width: 80}) })
	}
	run := sample.Runs["nonconformant"]
	for name, opts := range map[string]Options{
		"verbose.txt": {Verbose: true},
		"colour.txt":  {Color: true, Width: 60},
	} {
		golden(t, name, func(w io.Writer) error { return Write(w, run, opts) })
	}
}

func TestGoldenComparison(t *testing.T) {
	for name, width := range map[string]int{"compare.txt": 160, "compare-narrow.txt": 80} {
		golden(t, name, func(w io.Writer) error { return WriteComparison(w, sample.Comparison(), Options{Width: width}) })
	}
}

func TestGoldenDiff(t *testing.T) {
	golden(t, "diff.txt", func(w io.Writer) error { return WriteDiff(w, sample.Diff(), Options{Width: 80}) })
}
