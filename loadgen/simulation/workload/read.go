package workload

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFile bounds a workload file, in bytes.
const maxFile = 256 << 10

// Problem is one thing that is wrong with a workload file.
type Problem struct {
	File string
	Line int    // 0 if it is of no line
	Key  string // such as "users.count"
	Why  string
}

// Error is the problem in one line.
func (p Problem) Error() string {
	where := p.File
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Key != "" {
		return fmt.Sprintf("%s: %s: %s", where, p.Key, p.Why)
	}
	return fmt.Sprintf("%s: %s", where, p.Why)
}

// ReadFile reads a workload. Its errors are joined Problems, or say that the
// file cannot be read.
func ReadFile(name string) (*Workload, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("workload: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("workload: %s is not a file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("workload: %w", err)
	}
	defer func() { _ = f.Close() }()
	source, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("workload: %w", err)
	}
	return Parse(name, source)
}

// Parse is ReadFile of a content that is at hand.
func Parse(name string, source []byte) (*Workload, error) {
	r := &reader{file: name, lines: map[string]int{}}
	w := Default()
	w.File = name
	if root := r.root(source); root != nil {
		r.into("", root, w)
	}
	if len(r.problems) == 0 {
		for _, p := range w.Problems() {
			r.add(p.Key, "%s", p.Why)
		}
	}
	return w, errors.Join(r.problems...)
}

// root is the content of the one document.
func (r *reader) root(source []byte) (root ast.Node) {
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	if len(source) > maxFile {
		r.add("", "it is longer than %d bytes", maxFile)
		return nil
	}
	if line := tooDeep(source); line > 0 {
		r.lines[""] = line
		r.add("", "it nests too deep for a workload: look for a bracket that is not closed")
		return nil
	}
	defer func() {
		if recover() != nil { // the parser of YAML meets what it cannot read
			root = nil
			r.add("", "it is not YAML")
		}
	}()
	file, err := parser.ParseBytes(source, 0)
	switch {
	case err != nil:
		r.syntax(err)
		return nil
	case len(file.Docs) != 1 || file.Docs[0].Body == nil:
		r.add("", "it must hold one YAML document, and holds %d", documents(file))
		return nil
	}
	return file.Docs[0].Body
}

func documents(file *ast.File) (n int) {
	for _, d := range file.Docs {
		if d.Body != nil {
			n++
		}
	}
	return n
}

// deepest is how deep a workload may nest: its keys nest three deep.
const deepest = 20

// tooDeep is the line at which the source nests deeper than any workload does, 0
// if it does not. The parser would take minutes for it.
func tooDeep(source []byte) (line int) {
	depth := 0
	for text := range bytes.Lines(source) {
		line++
		for _, c := range text {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		dashes := bytes.Count(text, []byte("- ")) + bytes.Count(text, []byte("? "))
		if depth > deepest || dashes > 5*deepest {
			return line
		}
	}
	return 0
}
