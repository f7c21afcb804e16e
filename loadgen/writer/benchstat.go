package writer

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Benchstat writes the slices in the Go benchmark format, a line for each
// side and pair, for benchstat -col /side. Its test treats the slices as
// unpaired, and so finds less than the paired interval does.
func Benchstat(w io.Writer, r *loadgen.Result) error {
	p := bufio.NewWriter(w) // keeps the first error until Flush
	system, processor, _ := strings.Cut(r.Tool.OS, "/")
	fmt.Fprintf(p, "goos: %s\ngoarch: %s\npkg: github.com/revocheck/revocheck/loadgen\n", system, processor)
	for _, pair := range stats.OnTime(r.Pairs) {
		for _, side := range []struct {
			name string
			at   [3]float64
		}{{r.Baseline.Name, pair.Baseline}, {r.Subject.Name, pair.Subject}, {r.Control.Name, pair.Control}} {
			fmt.Fprintf(p, "BenchmarkCall/side=%s 1", benchName(side.name))
			for q, ms := range side.at {
				fmt.Fprintf(p, " %d %s-ns/op", int64(ms*1e6), stats.QuantileNames[q])
			}
			fmt.Fprintf(p, "\n")
		}
	}
	return p.Flush()
}

// benchName keeps a name in one word and out of the format's separators.
func benchName(name string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '/' || r == '=' {
			return '-'
		}
		return r
	}, name)
}
