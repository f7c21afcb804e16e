package targetfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// What the parser would take minutes for is refused before it.
func TestNestingIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"lists":            "name: x\n" + strings.Repeat("[", 200_000),
		"mappings":         "name: x\n" + strings.Repeat("{a: ", 50_000),
		"closed":           "name: x\n" + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"entries":          "name: x\n" + strings.Repeat("- ", 100_000),
		"keys":             "name: x\n" + strings.Repeat("? ", 100_000),
		"over many lines":  "name: x\n" + strings.Repeat("[\n", 100_000),
		"in another entry": "name: x\n  - " + strings.Repeat("- ", 100_000),
	} {
		_, err := targetfile.Parse("t.yaml", []byte(text), os.LookupEnv)
		if err == nil || !strings.Contains(err.Error(), "nests too deep") || !strings.Contains(err.Error(), "t.yaml:") {
			t.Errorf("%s: %v", name, err)
		}
	}
	flat := "name: x\nusers: [" + strings.Repeat("{name: a, password: '['}, ", 20) + "]\n" + strings.Repeat("# - [\n# ]\n", 100)
	if _, err := targetfile.Parse("t.yaml", []byte(flat), os.LookupEnv); err != nil && strings.Contains(err.Error(), "nests") {
		t.Error(err)
	}
}

func TestOnlyAFileIsRead(t *testing.T) {
	for name, says := range map[string]string{t.TempDir(): "is a directory", os.DevNull: "is a device", filepath.Join(t.TempDir(), "none"): "no such file"} {
		if _, err := targetfile.Read(name, os.LookupEnv); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
