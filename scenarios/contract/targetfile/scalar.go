package targetfile

import (
	"math"
	"reflect"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

var durationType = reflect.TypeFor[time.Duration]()

// scalar reads a single value, with references to the environment expanded.
// It never says what the value was: it may be a secret.
func (f *File) scalar(path string, node ast.Node, field reflect.Value) {
	text, ok := textOf(node)
	if !ok {
		f.Add(path, "a single value is needed here, not a list or a mapping")
		return
	}
	text = f.expand(path, text)
	if f.Wrong(path) {
		return
	}
	switch {
	case field.Kind() == reflect.String:
		field.SetString(text)
	case field.Kind() == reflect.Bool:
		f.yesOrNo(path, text, field)
	case field.Type() == durationType:
		f.duration(path, text, field)
	default:
		f.number(path, text, field)
	}
}

// textOf is a scalar as it is written: a password of digits keeps its leading
// zeros.
func textOf(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case ast.ScalarNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func (f *File) yesOrNo(path, text string, field reflect.Value) {
	if text != "true" && text != "false" {
		f.Add(path, "true or false is needed here")
		return
	}
	field.SetBool(text == "true")
}

func (f *File) duration(path, text string, field reflect.Value) {
	length, err := time.ParseDuration(text)
	if err != nil {
		f.Add(path, "a duration with its unit is needed here, such as 500ms, 2s or 1m30s")
		return
	}
	field.SetInt(int64(length))
}

func (f *File) number(path, text string, field reflect.Value) {
	err := yaml.Unmarshal([]byte(text), field.Addr().Interface())
	whole := field.Kind() != reflect.Float64
	switch {
	case text == "" || err != nil && whole:
		f.Add(path, "a whole number is needed here")
	case err != nil || !whole && (math.IsNaN(field.Float()) || math.IsInf(field.Float(), 0)):
		f.Add(path, "a number is needed here")
	}
}
