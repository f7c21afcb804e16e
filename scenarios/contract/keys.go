package contract

import (
	"fmt"
	"reflect"
	"strings"
)

// Key is one key of the target file. What a target file can hold is read,
// checked, written and documented from the table of them.
type Key struct {
	// Path from the top, such as "routes[].identity"; [] stands for each entry of
	// a list.
	Path  string
	Means string
	// Default is what holds without the key, in words; empty where nothing does.
	Default string
	check   check
}

// Keys are all keys, in the order in which a file is written.
func Keys() []Key { return keys }

// Below are the names of the keys that stand right below a path, such as
// "routes[]"; "" is the top of the file.
func Below(path string) []string {
	var names []string
	for _, k := range keys {
		rest, ok := strings.CutPrefix(k.Path, path)
		if path != "" && !strings.HasPrefix(rest, ".") || !ok {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(rest, "."), ".")
		name = strings.TrimSuffix(name, "[]")
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return names
}

// Field is the field of a struct of the contract that a key is read into.
func Field(of reflect.Value, name string) (reflect.Value, bool) {
	for _, f := range reflect.VisibleFields(of.Type()) {
		if f.Tag.Get("yaml") == name {
			return of.FieldByIndex(f.Index), true
		}
	}
	return reflect.Value{}, false
}

// each calls f with the value at each place of the contract where the key can
// stand, and with that place, such as "routes[0].identity".
func (k Key) each(c Contract, f func(at string, value reflect.Value)) {
	walk("", strings.Split(k.Path, "."), reflect.ValueOf(c), f)
}

func walk(at string, path []string, v reflect.Value, f func(string, reflect.Value)) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if len(path) == 0 {
		f(at, v)
		return
	}
	name, list := strings.CutSuffix(path[0], "[]")
	v, _ = Field(v, name)
	at = strings.TrimPrefix(at+"."+name, ".")
	if !list {
		walk(at, path[1:], v, f)
		return
	}
	for i := range v.Len() {
		walk(fmt.Sprintf("%s[%d]", at, i), path[1:], v.Index(i), f)
	}
}
