package targetfile

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// into reads a node into the field of the contract at the key. A null leaves
// the field as it is.
func (f *File) into(path string, node ast.Node, field reflect.Value) {
	if node == nil || node.Type() == ast.NullType {
		return
	}
	switch node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		f.Add(path, "anchors, aliases and tags are not read in a target file; write the value out")
		return
	}
	switch field.Kind() {
	case reflect.Pointer:
		field.Set(reflect.New(field.Type().Elem()))
		f.into(path, node, field.Elem())
	case reflect.Struct:
		f.section(path, node, field)
	case reflect.Slice:
		f.list(path, node, field)
	case reflect.Map:
		f.table(path, node, field)
	default:
		f.scalar(path, node, field)
	}
}

// section reads a mapping whose keys are in the table of keys.
func (f *File) section(path string, node ast.Node, of reflect.Value) {
	known := contract.Below(anyEntry.ReplaceAllString(path, "[]"))
	entries, ok := node.(ast.MapNode)
	if !ok {
		f.Add(path, "a mapping is needed here, with keys such as %s", sorted(known))
		return
	}
	for each := entries.MapRange(); each.Next(); {
		key, at := f.key(path, each.KeyValue())
		field, ok := contract.Field(of, key)
		if !ok || !slices.Contains(known, key) {
			f.Add(at, "unknown key; known here are %s", sorted(known))
			continue
		}
		f.into(at, each.Value(), field)
	}
}

// anyEntry is the number of a list's entry in a path.
var anyEntry = regexp.MustCompile(`\[\d+\]`)

func sorted(keys []string) string { return strings.Join(slices.Sorted(slices.Values(keys)), ", ") }

// table reads a mapping from names of the user's own to strings.
func (f *File) table(path string, node ast.Node, field reflect.Value) {
	entries, ok := node.(ast.MapNode)
	if !ok {
		f.Add(path, "a mapping of names to values is needed here")
		return
	}
	field.Set(reflect.MakeMap(field.Type()))
	for each := entries.MapRange(); each.Next(); {
		key, at := f.key(path, each.KeyValue())
		value := reflect.New(field.Type().Elem()).Elem()
		f.into(at, each.Value(), value)
		field.SetMapIndex(reflect.ValueOf(key), value)
	}
}

func (f *File) key(path string, entry *ast.MappingValueNode) (key, at string) {
	token := entry.Key.GetToken()
	at = strings.TrimPrefix(path+"."+token.Value, ".")
	f.lines[at] = token.Position.Line
	return token.Value, at
}

// list reads a sequence.
func (f *File) list(path string, node ast.Node, field reflect.Value) {
	entries, ok := node.(*ast.SequenceNode)
	if !ok {
		f.Add(path, "a list is needed here, as in [first, second]")
		return
	}
	field.Set(reflect.MakeSlice(field.Type(), len(entries.Values), len(entries.Values)))
	for i, entry := range entries.Values {
		at := fmt.Sprintf("%s[%d]", path, i)
		f.lines[at] = firstLine(entry)
		f.into(at, entry, field.Index(i))
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
