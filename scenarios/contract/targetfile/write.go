package targetfile

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// Write is a contract as the content of a target file, which Read reads back.
// Keys without a value are left out.
func Write(c contract.Contract) ([]byte, error) {
	return yaml.Marshal(section("", reflect.ValueOf(c)))
}

func section(path string, of reflect.Value) yaml.MapSlice {
	var entries yaml.MapSlice
	for _, name := range contract.Below(path) {
		field, _ := contract.Field(of, name)
		if !field.IsZero() {
			entries = append(entries, yaml.MapItem{Key: name, Value: written(strings.TrimPrefix(path+"."+name, "."), field)})
		}
	}
	return entries
}

func written(path string, v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return written(path, v.Elem())
	case reflect.Struct:
		return section(path, v)
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = written(path+"[]", v.Index(i))
		}
		return list
	case reflect.Map:
		values := v.Interface().(map[string]string)
		var entries yaml.MapSlice
		for _, name := range slices.Sorted(maps.Keys(values)) {
			entries = append(entries, yaml.MapItem{Key: name, Value: literal(values[name])})
		}
		return entries
	case reflect.String:
		return literal(v.String())
	}
	if d, ok := v.Interface().(time.Duration); ok {
		return d.String()
	}
	return v.Interface()
}

// literal keeps a value from being read as a reference to the environment.
func literal(s string) string { return strings.ReplaceAll(s, "${", "$${") }
