package contract

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestTheTableHasEveryField: a field without a key could not be read.
func TestTheTableHasEveryField(t *testing.T) {
	inTable := map[string]bool{}
	for _, k := range Keys() {
		inTable[k.Path] = true
	}
	fields := slices.DeleteFunc(leaves("", reflect.TypeFor[Contract]()), func(f string) bool {
		return strings.HasPrefix(f, "open_routes[].stream") // which only a protected route is
	})
	for _, f := range fields {
		if !inTable[f] {
			t.Errorf("the table has no key %s", f)
		}
	}
	if len(fields) != len(Keys()) {
		t.Errorf("the contract has %d fields, and the table %d keys", len(fields), len(Keys()))
	}
}

func leaves(at string, of reflect.Type) []string {
	switch of.Kind() {
	case reflect.Pointer:
		return leaves(at, of.Elem())
	case reflect.Slice:
		return leaves(at+"[]", of.Elem())
	case reflect.Struct:
		var all []string
		for i := range of.NumField() {
			if of.Field(i).Anonymous {
				all = append(all, leaves(at, of.Field(i).Type)...)
			} else if key := of.Field(i).Tag.Get("yaml"); key != "" {
				all = append(all, leaves(strings.TrimPrefix(at+"."+key, "."), of.Field(i).Type)...)
			}
		}
		return all
	}
	return []string{at}
}

// TestTheReadmeHasTheTable of the keys; UPDATE_README=1 writes it anew.
func TestTheReadmeHasTheTable(t *testing.T) {
	const file, begin, end = "../../README.md", "| key | meaning | default |\n|---|---|---|\n", "\n## "
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	have, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("the README has no table of keys")
	}
	var want strings.Builder
	for _, k := range Keys() {
		want.WriteString("| `" + strings.ReplaceAll(k.Path, "[]", "") + "` | " + k.Means + " | " + k.Default + " |\n")
	}
	if have == want.String() {
		return
	}
	if os.Getenv("UPDATE_README") == "" {
		t.Fatal("the README's table of keys is not the one of the code; UPDATE_README=1 go test ./scenarios/contract writes it anew")
	}
	if err := os.WriteFile(file, []byte(before+begin+want.String()+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
