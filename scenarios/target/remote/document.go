package remote

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// document is a target file while it is read. The decoder of the YAML library
// stops at the first problem; the walk here goes on, so that a file is mended
// in one go, and remembers the line of everything.
type document struct {
	file     string
	env      func(string) (string, bool)
	lines    map[string]int // by YAML path
	expanded []expansion
	problems Problems
	wrong    []string // paths of the problems
}

// into reads a node into the field of the contract at the path. A null leaves
// the field as it is.
func (d *document) into(path string, node ast.Node, field reflect.Value) {
	if node == nil || node.Type() == ast.NullType {
		return
	}
	switch node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		d.add(path, "anchors, aliases and tags are not read in a target file; write the value out")
		return
	}
	switch field.Kind() {
	case reflect.Pointer:
		field.Set(reflect.New(field.Type().Elem()))
		d.into(path, node, field.Elem())
	case reflect.Struct:
		d.section(path, node, field)
	case reflect.Slice:
		d.list(path, node, field)
	case reflect.Map:
		d.table(path, node, field)
	default:
		d.scalar(path, node, field)
	}
}

// section reads a mapping whose keys are known.
func (d *document) section(path string, node ast.Node, field reflect.Value) {
	entries, ok := node.(ast.MapNode)
	if !ok {
		d.add(path, "a mapping is needed here, with keys such as %s", strings.Join(keysOf(field.Type()), ", "))
		return
	}
	known := fieldsOf(field.Type())
	for each := entries.MapRange(); each.Next(); {
		key, at := d.key(path, each.KeyValue())
		if index, ok := known[key]; ok {
			d.into(at, each.Value(), field.Field(index))
			continue
		}
		d.add(at, "unknown key; known here are %s", strings.Join(keysOf(field.Type()), ", "))
	}
}

// table reads a mapping from names of the user's own to strings.
func (d *document) table(path string, node ast.Node, field reflect.Value) {
	entries, ok := node.(ast.MapNode)
	if !ok {
		d.add(path, "a mapping of names to values is needed here")
		return
	}
	field.Set(reflect.MakeMap(field.Type()))
	for each := entries.MapRange(); each.Next(); {
		key, at := d.key(path, each.KeyValue())
		value := reflect.New(field.Type().Elem()).Elem()
		d.into(at, each.Value(), value)
		field.SetMapIndex(reflect.ValueOf(key), value)
	}
}

func (d *document) key(path string, entry *ast.MappingValueNode) (key, at string) {
	token := entry.Key.GetToken()
	at = path + "." + token.Value
	d.lines[at] = token.Position.Line
	return token.Value, at
}

// list reads a sequence.
func (d *document) list(path string, node ast.Node, field reflect.Value) {
	entries, ok := node.(*ast.SequenceNode)
	if !ok {
		d.add(path, "a list is needed here, as in [first, second]")
		return
	}
	field.Set(reflect.MakeSlice(field.Type(), len(entries.Values), len(entries.Values)))
	for i, entry := range entries.Values {
		at := fmt.Sprintf("%s[%d]", path, i)
		d.lines[at] = firstLine(entry)
		d.into(at, entry, field.Index(i))
	}
}

// firstLine is the line on which a list's entry begins. The token of a
// mapping is its first colon, which stands on the same line.
func firstLine(entry ast.Node) int {
	if entry == nil || entry.GetToken() == nil || entry.GetToken().Position == nil {
		return 0
	}
	return entry.GetToken().Position.Line
}

// fieldsOf gives the index of each field by its key.
func fieldsOf(t reflect.Type) map[string]int {
	known := map[string]int{}
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "" && key != "-" {
			known[key] = i
		}
	}
	return known
}

func keysOf(t reflect.Type) []string { return slices.Sorted(maps.Keys(fieldsOf(t))) }
