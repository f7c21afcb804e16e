package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/script"
)

// Scripts reads scenarios of your own for Test from the files that the patterns
// match, as filepath.Glob has it: "testdata/*.txt". A pattern that matches
// nothing, and a script that cannot be run or whose verdict would be worth
// nothing, fails t at once, with the file and the line.
func Scripts(t testing.TB, patterns ...string) []scenarios.Scenario {
	t.Helper()
	var all []scenarios.Scenario
	for _, pattern := range patterns {
		some, err := scripts(pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

func scripts(pattern string) ([]scenarios.Scenario, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("scripts %q: %w", pattern, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("scripts %q: no file matches; the path starts at the package's folder", pattern)
	}
	var all []scenarios.Scenario
	for _, file := range files {
		s, err := load(file)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func load(file string) (s scenarios.Scenario, err error) {
	f, err := os.Open(file)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return script.Parse(file, f)
}
