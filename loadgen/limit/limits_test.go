package limit

import (
	"strings"
	"testing"
)

func TestParseOverhead(t *testing.T) {
	name, part, err := ParseOverhead("p90=2.5%")
	if name != "p90" || part != 0.025 || err != nil {
		t.Errorf("p90=2.5%%: %s %g %v", name, part, err)
	}
	for _, text := range []string{"", "p50", "p50=5", "p95=5%", "p50=-1%", "p50=NaN%", "=5%"} {
		if _, _, err := ParseOverhead(text); err == nil || !strings.Contains(err.Error(), "p50=5%") {
			t.Errorf("ParseOverhead(%q): %v; want an error that shows how", text, err)
		}
	}
}
