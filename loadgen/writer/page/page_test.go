package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/internal/example"
)

// A page has each plot, the figures, and nothing that is loaded or run, whatever the
// sides are called.
func TestAPage(t *testing.T) {
	named := example.Result(0.1)
	named.Subject.Name = `a<script>b</script>&"c"`
	for name, r := range map[string]*loadgen.Result{"named": named, "plain": example.Result(0)} {
		var out strings.Builder
		if err := Write(&out, r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		root, err := html.Parse(strings.NewReader(out.String()))
		if err != nil {
			t.Fatal(err)
		}
		elements := map[string]int{}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				elements[n.Data]++
			}
		}
		if elements["svg"] != 3 || elements["script"]+elements["img"]+elements["link"] != 0 || elements["h1"] != 1 {
			t.Errorf("%s: %v", name, elements)
		}
	}
}

func TestASentenceTellsOfLeaks(t *testing.T) {
	r := example.Result(0.1)
	if text := sentence(r); !strings.Contains(text, "p50 ") || !strings.Contains(text, "95 % interval") {
		t.Error(text)
	}
	if text := sentence(&loadgen.Result{Stopped: "interrupted"}); !strings.Contains(text, "too few pairs") || !strings.Contains(text, "stopped early: interrupted") {
		t.Error(text)
	}
}
