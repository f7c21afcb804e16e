package remote

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFile bounds a target file, and each file that it names, in bytes.
const maxFile = 1 << 20

// Load reads a target file. References such as ${NAME} in its values are taken
// from env, which os.LookupEnv fits. Files that it names are looked for in its
// own folder. What is wrong with its content comes as Problems, all at once.
func Load(file string, env func(string) (string, bool)) (*Target, error) {
	source, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("target file: %w", err)
	}
	return parse(file, source, env)
}

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

func parse(file string, source []byte, env func(string) (string, bool)) (*Target, error) {
	d := &document{file: file, env: env, lines: map[string]int{}}
	t := &Target{file: filepath.Base(file)}
	root, err := d.root(source)
	if err != nil {
		return nil, err
	}
	d.into("$", root, reflect.ValueOf(&t.contract).Elem())
	d.tokens(t.contract.Users)
	for _, p := range t.contract.Problems() {
		if !d.known(p.Path) {
			d.add(p.Path, "%s", p.What)
		}
	}
	t.tls = d.trust(t.contract)
	t.mint = d.signer(t.contract.Signing)
	if t.mint != nil {
		t.public = d.publicKey(t.contract.Signing)
	}
	t.login = d.source(t.contract)
	return t, d.err()
}

// root is the content of the one document in the file.
func (d *document) root(source []byte) (ast.Node, error) {
	parsed, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, d.syntax(err)
	}
	var roots []ast.Node
	for _, doc := range parsed.Docs {
		if doc.Body != nil {
			roots = append(roots, doc.Body)
		}
	}
	if len(roots) > 1 {
		d.lines["$"] = firstLine(roots[1])
		d.add("$", "a second document begins here; a target file holds one")
		return nil, d.err()
	}
	if len(roots) == 0 {
		return nil, nil
	}
	return roots[0], nil
}

// syntax is an error of the parser without the excerpt it comes with, which
// may show a secret.
func (d *document) syntax(err error) error {
	what := "it is not YAML"
	var known yaml.Error
	if errors.As(err, &known) {
		what += ": " + known.GetMessage()
		if t := known.GetToken(); t != nil && t.Position != nil {
			d.lines["$"] = t.Position.Line
		}
	}
	d.add("$", "%s", what)
	return d.err()
}

// beside resolves a file's name against the folder of the target file.
func (d *document) beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(d.file), name)
}
