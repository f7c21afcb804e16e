// Package expect reads and writes the file of failures that are known.
package expect

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/revocheck/revocheck/report"
)

// most is more than any such file takes, in bytes.
const most = 1 << 20

// entry is one of the file.
type entry struct {
	Scenario string `yaml:"scenario,omitempty"`
	Cause    string `yaml:"cause,omitempty"`
	Reason   string `yaml:"reason"`
	Until    string `yaml:"until"`
}

// Read reads the file. An error names it, the line and what to write.
func Read(name string) ([]report.Expected, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file", name)
	case info.Size() > most:
		return nil, fmt.Errorf("%s has %d bytes; %d are allowed", name, info.Size(), most)
	}
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Parse(filepath.Base(name), source)
}

// Parse is Read of a content.
func Parse(name string, source []byte) ([]report.Expected, error) {
	if line := tooDeep(source); line > 0 {
		return nil, fmt.Errorf("%s, line %d: entries are no deeper than a list of keys", name, line)
	}
	var entries []entry
	if err := yaml.UnmarshalWithOptions(source, &entries, yaml.Strict()); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %s", name, firstLine(yaml.FormatError(err, false, false)))
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("%s has no entry: write a list of scenario or cause, reason, until", name)
	}
	lines := lines(source)
	var all []report.Expected
	for i, e := range entries {
		if what := e.wrong(); what != "" {
			return nil, fmt.Errorf("%s, line %d: %s", name, at(lines, i), what)
		}
		all = append(all, report.Expected(e))
		if slices.ContainsFunc(entries[:i], func(o entry) bool { return o.Scenario == e.Scenario && o.Cause == e.Cause }) {
			return nil, fmt.Errorf("%s, line %d: %s%s has an entry already", name, at(lines, i), e.Scenario, e.Cause)
		}
	}
	return all, nil
}

// wrong says what is wrong with the entry; empty if nothing is.
func (e entry) wrong() string {
	switch {
	case (e.Scenario == "") == (e.Cause == ""):
		return "an entry names a scenario or a cause, one of the two"
	case strings.TrimSpace(e.Reason) == "":
		return "reason is missing: say why the failure is known"
	case e.Until == "":
		return "until is missing: write the last day on which the failure is expected, such as 2027-03-31"
	}
	if _, err := time.Parse(time.DateOnly, e.Until); err != nil {
		return fmt.Sprintf("until %q is no date: write one such as 2027-03-31", e.Until)
	}
	return ""
}

// deep is how many brackets a line of the file may open.
const deep = 32

// tooDeep gives the first line that nests further than any entry does, before
// a parser takes its time over it.
func tooDeep(source []byte) int {
	for i, line := range bytes.Split(source, []byte("\n")) {
		if bytes.Count(line, []byte("["))+bytes.Count(line, []byte("{"))+bytes.Count(line, []byte("- ")) > deep {
			return i + 1
		}
	}
	return 0
}

// lines are the first lines of the entries.
func lines(source []byte) (all []int) {
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil
	}
	for _, doc := range file.Docs {
		if list, ok := doc.Body.(*ast.SequenceNode); ok {
			for _, value := range list.Values {
				all = append(all, value.GetToken().Position.Line)
			}
		}
	}
	return all
}

func at(lines []int, i int) int {
	if i < len(lines) {
		return lines[i]
	}
	return 1
}

func firstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return text
}
