package schema_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
	"github.com/revocheck/revocheck/report/schema"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema.Run))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("run.json", doc); err != nil {
		t.Fatal(err)
	}
	found, err := c.Compile("run.json")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func stored(t *testing.T, r report.Run) any {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEveryRunHoldsToTheSchema(t *testing.T) {
	s := compiled(t)
	for name, run := range sample.Runs {
		if err := s.Validate(stored(t, run)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The schema refuses what ReadJSON refuses.
func TestWhatTheSchemaRefuses(t *testing.T) {
	s := compiled(t)
	for name, spoil := range map[string]func(run, record map[string]any){
		"unknown name":        func(run, _ map[string]any) { run["more"] = 1 },
		"other schema":        func(run, _ map[string]any) { run["schema"] = 2 },
		"no conclusion":       func(run, _ map[string]any) { delete(run, "conclusion") },
		"no counts":           func(run, _ map[string]any) { delete(run, "counts") },
		"no such verdict":     func(_, record map[string]any) { record["verdict"] = "ok" },
		"no level":            func(_, record map[string]any) { delete(record, "level") },
		"a name in it":        func(_, record map[string]any) { record["token"] = "x" },
		"a text for a number": func(_, record map[string]any) { record["duration_ms"] = "1" },
	} {
		run := stored(t, sample.Runs["nonconformant"]).(map[string]any)
		spoil(run, run["records"].([]any)[0].(map[string]any))
		if s.Validate(run) == nil {
			t.Errorf("%s: the schema takes it", name)
		}
	}
}

// The schema names every field of a run, and nothing that is none.
func TestTheSchemaHasTheFieldsOfARun(t *testing.T) {
	var doc struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(schema.Run), &doc); err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]reflect.Type{
		"": reflect.TypeFor[report.Run](), "tool": reflect.TypeFor[report.Tool](), "subject": reflect.TypeFor[report.Subject](),
		"counts": reflect.TypeFor[report.Counts](), "cause": reflect.TypeFor[report.Cause](), "declaration": reflect.TypeFor[report.Declaration](),
		"record": reflect.TypeFor[report.Record](), "finding": reflect.TypeFor[report.Finding](), "step": reflect.TypeFor[report.Step](),
		"call": reflect.TypeFor[report.Call](), "number": reflect.TypeFor[report.Number](), "span": reflect.TypeFor[report.Span](),
	} {
		properties := doc.Properties
		if name != "" {
			properties = doc.Defs[name].Properties
		}
		var fields []string
		for i := range of.NumField() {
			tag, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			fields = append(fields, tag)
		}
		slices.Sort(fields)
		if has := slices.Sorted(maps.Keys(properties)); !slices.Equal(has, fields) {
			t.Errorf("%s has the fields\n%v, the schema\n%v", of, fields, has)
		}
	}
}
