package summary_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/loadgen/simulation/internal/example"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/summary"
)

var update = flag.Bool("update", false, "write the golden file")

func written(t *testing.T, s *outcome.Study) string {
	t.Helper()
	var out bytes.Buffer
	if err := summary.Write(&out, s); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTheSummaryAsItIs(t *testing.T) {
	const golden = "testdata/study.md"
	got := written(t, example.Study())
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the summary differs from %s; look at it, then run go test -update", golden)
	}
}

func TestNamesStayInTheirCells(t *testing.T) {
	s := example.Study()
	s.Strategies[0].Label = "a|b\n<i>_c_"
	got := written(t, s)
	if strings.Contains(got, "<i>") || !strings.Contains(got, `| a\|b &lt;i>\_c\_ |`) {
		t.Errorf("a name left its cell:\n%s", got)
	}
}
