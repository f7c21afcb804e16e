package workload

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// reader reads nodes into fields and keeps what is wrong.
type reader struct {
	file     string
	lines    map[string]int // of each key
	problems []error
}

func (r *reader) add(key, format string, args ...any) {
	line, at := r.lines[key], key
	for line == 0 && at != "" { // a key that is not there: the line of the section
		at = at[:max(0, strings.LastIndexAny(at, ".["))]
		line = r.lines[at]
	}
	r.problems = append(r.problems, Problem{r.file, line, key, fmt.Sprintf(format, args...)})
}

// syntax is an error of the YAML parser.
func (r *reader) syntax(err error) {
	var bad yaml.Error
	if errors.As(err, &bad) {
		if at := bad.GetToken(); at != nil && at.Position != nil {
			r.lines[""] = at.Position.Line
		}
		r.add("", "%s", bad.GetMessage())
		return
	}
	r.add("", "it is not YAML")
}

// into reads a node into what the pointer points to.
func (r *reader) into(key string, node ast.Node, pointer any) {
	field := reflect.ValueOf(pointer).Elem()
	switch node := node.(type) {
	case nil, *ast.NullNode:
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		r.add(key, "anchors, aliases and tags are not read in a workload; write the value out")
	case ast.MapNode:
		if field.Kind() != reflect.Struct || field.Type() == lawType {
			r.add(key, "a single value is needed here")
			return
		}
		r.section(key, node, field)
	case *ast.SequenceNode:
		r.list(key, node, field)
	default:
		r.scalar(key, node, field)
	}
}

var (
	lawType      = reflect.TypeFor[Law]()
	durationType = reflect.TypeFor[time.Duration]()
	strategyType = reflect.TypeFor[Strategy]()
)

// section reads a mapping into a struct.
func (r *reader) section(path string, node ast.MapNode, of reflect.Value) {
	seen := map[string]bool{}
	for each := node.MapRange(); each.Next(); {
		token := each.KeyValue().Key.GetToken()
		name := token.Value
		key := strings.TrimPrefix(path+"."+name, ".")
		r.lines[key] = token.Position.Line
		at := slices.Index(keysOf(of.Type()), name)
		switch {
		case at < 0:
			r.add(key, "unknown key; known here are %s", strings.Join(slices.Sorted(slices.Values(keysOf(of.Type()))), ", "))
		case seen[name]:
			r.add(key, "it stands there twice")
		default:
			r.into(key, each.Value(), of.Field(at).Addr().Interface())
		}
		seen[name] = true
	}
}

// keysOf are the keys of a struct's fields, in their order. A field without one
// comes last.
func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("key"); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// list reads a sequence. A law that is one is a sample of what was measured.
func (r *reader) list(path string, node *ast.SequenceNode, field reflect.Value) {
	if field.Type() == lawType {
		var sample []time.Duration
		r.list(path, node, reflect.ValueOf(&sample).Elem())
		seconds := make([]float64, len(sample))
		for i, d := range sample {
			seconds[i] = d.Seconds()
		}
		field.Set(reflect.ValueOf(Sampled(seconds)))
		return
	}
	if field.Kind() != reflect.Slice {
		r.add(path, "a single value is needed here, not a list")
		return
	}
	field.Set(reflect.MakeSlice(field.Type(), len(node.Values), len(node.Values)))
	for i, entry := range node.Values {
		key := fmt.Sprintf("%s[%d]", path, i)
		if entry != nil && entry.GetToken() != nil && entry.GetToken().Position != nil {
			r.lines[key] = entry.GetToken().Position.Line
		}
		r.into(key, entry, field.Index(i).Addr().Interface())
	}
}

// scalar reads a single value.
func (r *reader) scalar(key string, node ast.Node, field reflect.Value) {
	text, err := textOf(node), error(nil)
	if field.Type() == strategyType {
		field = field.FieldByName("Name") // a strategy without settings
	}
	switch {
	case field.Type() == lawType:
		var l Law
		l, err = ParseLaw(text)
		field.Set(reflect.ValueOf(l))
	case field.Type() == durationType:
		var d time.Duration
		d, err = ParseDuration(text)
		field.SetInt(int64(d))
	default:
		err = plain(text, field)
	}
	if err != nil {
		r.add(key, "%v", err)
	}
}

// plain sets a field of a kind of its own.
func plain(text string, field reflect.Value) error {
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Bool:
		if text != "true" && text != "false" {
			return fmt.Errorf("true or false is needed here, not %q", text)
		}
		field.SetBool(text == "true")
	case reflect.Float64:
		n, err := ParseNumber(text)
		field.SetFloat(n)
		return err
	case reflect.Int:
		n, err := parseWhole(text)
		field.SetInt(int64(n))
		return err
	case reflect.Uint64:
		n, err := parseWhole(text)
		if err == nil && n < 0 {
			err = errWhole
		}
		field.SetUint(uint64(max(n, 0)))
		return err
	default:
		return errors.New("a list or a mapping is needed here")
	}
	return nil
}

func textOf(node ast.Node) string {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	}
	if node.GetToken() == nil {
		return ""
	}
	return node.GetToken().Value
}
