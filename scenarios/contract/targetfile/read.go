package targetfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// maxFile bounds a target file, and each file that it names, in bytes.
const maxFile = 1 << 20

// File is a target file that was read, and where each of its keys stands.
type File struct {
	// Contract is what the file declares, without defaults.
	Contract contract.Contract
	name     string
	env      func(string) (string, bool)
	lines    map[string]int // by key
	expanded []expansion
	problems Problems
	wrong    map[string]bool // by key
}

// Read reads a target file. References such as ${NAME} in its values are taken
// from env, which os.LookupEnv fits. What is wrong with its content is kept for
// Err, so that whoever uses the file can Add to it; an error means that there is
// no content to use.
func Read(name string, env func(string) (string, bool)) (*File, error) {
	if err := regular(name); err != nil {
		return nil, fmt.Errorf("target file: %w", err)
	}
	source, err := read(name)
	if err != nil {
		return nil, fmt.Errorf("target file: %w", err)
	}
	return Parse(name, source, env)
}

// Parse is Read of a content that is at hand.
func Parse(name string, source []byte, env func(string) (string, bool)) (*File, error) {
	f := &File{name: name, env: env, lines: map[string]int{}, wrong: map[string]bool{}}
	source = bytes.TrimPrefix(source, []byte("\ufeff")) // some editors begin a file with a byte order mark
	root, err := f.root(source)
	if err != nil {
		return nil, err
	}
	f.into("", root, reflect.ValueOf(&f.Contract).Elem())
	f.tokens(f.Contract.Users)
	for _, p := range f.Contract.Problems() {
		if !f.Wrong(p.Key) {
			f.Add(p.Key, "%s", p.What)
		}
	}
	return f, nil
}

// Name is the file's name without its folder.
func (f *File) Name() string { return filepath.Base(f.name) }

// Content is that of a file that the target file names.
func (f *File) Content(name string) ([]byte, error) { return read(f.Beside(name)) }

// read gives a file's content, if it is not too long.
func read(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = fmt.Errorf("%s is longer than %d bytes", file, maxFile)
	}
	return content, err
}

// root is the content of the one document in the file.
func (f *File) root(source []byte) (ast.Node, error) {
	if line := tooDeep(source); line > 0 {
		f.lines[""] = line
		f.Add("", "it nests too deep for a target file: look for a bracket that is not closed")
		return nil, f.Err()
	}
	parsed, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, f.syntax(err)
	}
	var roots []ast.Node
	for _, doc := range parsed.Docs {
		if doc.Body != nil {
			roots = append(roots, doc.Body)
		}
	}
	if len(roots) > 1 {
		f.lines[""] = firstLine(roots[1])
		f.Add("", "a second document begins here; a target file holds one")
		return nil, f.Err()
	}
	if len(roots) == 0 {
		return nil, nil
	}
	return roots[0], nil
}

// syntax is an error of the parser without the excerpt it comes with, which
// may show a secret.
func (f *File) syntax(err error) error {
	what := "it is not YAML"
	var known yaml.Error
	if errors.As(err, &known) {
		what += ": " + known.GetMessage()
		if t := known.GetToken(); t != nil && t.Position != nil {
			f.lines[""] = t.Position.Line
		}
	}
	f.Add("", "%s", what)
	return f.Err()
}

// Beside resolves a file's name against the folder of the target file.
func (f *File) Beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(f.name), name)
}
