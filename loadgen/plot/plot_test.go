package plot

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/internal/example"
)

func TestPlotsAreWellFormedAndHaveNoScript(t *testing.T) {
	r := example.Result(0.1)
	r.Subject.Name = `a<b>&"c"`
	s := &loadgen.Sweep{Of: "revoked tokens", Points: []loadgen.SweepPoint{{X: 0, Overheads: r.Overheads}, {X: 1e6, Overheads: r.Overheads}}}
	of := func(plot func(io.Writer, *loadgen.Result) error, r *loadgen.Result) func(io.Writer) error {
		return func(w io.Writer) error { return plot(w, r) }
	}
	cost := func(s *loadgen.Sweep) func(io.Writer) error {
		return func(w io.Writer) error { return Cost(w, s) }
	}
	for name, plot := range map[string]func(io.Writer) error{
		"timeline": of(Timeline, r), "percentiles": of(Percentiles, r), "overhead": of(Overhead, r), "cost": cost(s),
		"empty timeline": of(Timeline, &loadgen.Result{}), "empty percentiles": of(Percentiles, &loadgen.Result{}), "empty cost": cost(&loadgen.Sweep{}),
	} {
		var out bytes.Buffer
		if err := plot(&out); err != nil {
			t.Fatal(err)
		}
		checkSVG(t, name, out.String())
	}
}

func checkSVG(t *testing.T, name, text string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s is not XML: %v", name, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Errorf("%s has a script", name)
		}
	}
	for _, bad := range []string{"NaN", "Inf", "http://", "https://"} {
		if strings.Contains(strings.Replace(text, "http://www.w3.org/2000/svg", "", 1), bad) {
			t.Errorf("%s holds %q", name, bad)
		}
	}
}
