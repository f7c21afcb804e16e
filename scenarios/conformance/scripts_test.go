package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

func TestAScriptThatCannotBeUsedIsNamed(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.txt")
	text := "id: shop/broken\ntitle: t\nlevel: must\nrequirement: r\nrefs: r\nfix: f\n\nlogni alice -> T\n"
	if err := os.WriteFile(broken, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for pattern, want := range map[string]string{
		broken:                       broken + ":8: ",
		filepath.Join(dir, "*.none"): "no file matches",
		"[":                          "syntax error in pattern",
	} {
		if _, err := scripts(pattern); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", pattern, err, want)
		}
	}
}

func TestAnIDIsTakenOnce(t *testing.T) {
	mine := scenarios.Scenario{ID: "shop/mine", Source: "mine.txt"}
	taken := scenarios.Scenario{ID: "lifecycle/logout-ends-token", Source: "taken.txt"}
	if _, err := withOwn([]scenarios.Scenario{mine}); err != nil {
		t.Error(err)
	}
	for _, own := range [][]scenarios.Scenario{{taken}, {mine, mine}} {
		if _, err := withOwn(own); err == nil || !strings.Contains(err.Error(), own[0].Source+": the ID "+own[0].ID+" is taken") {
			t.Errorf("%s: error %v", own[0].ID, err)
		}
	}
}
