package markdown

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

func TestGoldenComparison(t *testing.T) {
	golden(t, "compare.md", func(w io.Writer) error { return WriteComparison(w, sample.Comparison()) })
}

func TestGoldenRun(t *testing.T) {
	for name, run := range sample.Runs {
		golden(t, name+".md", func(w io.Writer) error { return Write(w, run) })
	}
}
