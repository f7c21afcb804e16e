package report_test

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

func stored(t testing.TB, r report.Run) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestJSONIsReadBack(t *testing.T) {
	for name, run := range sample.Runs {
		if name == "hostile" { // holds bytes that no JSON can; see TestJSONOfBrokenUTF8
			continue
		}
		got, err := report.ReadJSON(strings.NewReader(stored(t, run)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		run = run.AsStored()
		if run.Records == nil {
			run.Records = []report.Record{}
		}
		if !reflect.DeepEqual(got, run) {
			t.Errorf("%s: got %+v\nwant %+v", name, got, run)
		}
	}
}

func TestJSONOfBrokenUTF8(t *testing.T) {
	first := stored(t, sample.Runs["hostile"])
	run, err := report.ReadJSON(strings.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := run.Records[0].Why, strings.ReplaceAll(sample.Hostile, "\xff", `\xff`); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if second := stored(t, run); second != first {
		t.Errorf("stored again it differs:\n%s", second)
	}
}

// refusal is a document that must not be read, and what the error must say.
type refusal struct{ doc, want string }

func refused(t *testing.T, tests map[string]refusal) {
	t.Helper()
	for name, tt := range tests {
		run, err := report.ReadJSON(strings.NewReader(tt.doc))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
		if !reflect.DeepEqual(run, report.Run{}) {
			t.Errorf("%s: a refused run came back", name)
		}
	}
}

// changer replaces the first of a text in the document, which must have it.
func changer(t *testing.T, doc string) func(old, now string) string {
	return func(old, now string) string {
		if !strings.Contains(doc, old) {
			t.Fatalf("the stored run has no %q", old)
		}
		return strings.Replace(doc, old, now, 1)
	}
}

func TestReadJSONRefusesAnotherForm(t *testing.T) {
	good := stored(t, sample.Runs["nonconformant"])
	change := changer(t, good)
	refused(t, map[string]refusal{
		"empty":              {"", "unexpected end of JSON input"},
		"not an object":      {"[]", "line 1, column 2"},
		"HTML":               {"<html>", "line 1, column 2: invalid character '<'"},
		"another document":   {`{"hello": 1}`, "no schema: this is not a report"},
		"later schema":       {change(`"schema": 1`, `"schema": 2`), "schema 2 is not known; this program knows 1"},
		"cut short":          {good[:len(good)/2], "unexpected end of JSON input"},
		"trailing data":      {good + "{}", "invalid character '{' after top-level value"},
		"unknown field":      {change(`"seed": 42`, `"sead": 42`), `unknown field "sead"`},
		"unknown step field": {change(`"took_ms"`, `"took"`), `records[1] (replay/after-logout): json: unknown field "took"`},
		"name in capitals":   {change(`"verdict"`, `"Verdict"`), `unknown field "Verdict"`},
		"name twice":         {change(`"verdict": "fail"`, `"verdict": "fail", "verdict": "pass"`), `"verdict" stands twice in one object`},
		"records missing":    {`{"schema":1,"conclusion":"unconcluded"}`, "the records are missing"},
		"duration in words":  {change(`"duration_ms": 3200.000`, `"duration_ms": "3 s"`), "is not a number of milliseconds"},
		"text for a number":  {change(`"seed": 42`, `"seed": "x"`), "cannot unmarshal string"},
	})
}

func TestReadJSONRefusesAnotherMeaning(t *testing.T) {
	change := changer(t, stored(t, sample.Runs["nonconformant"]))
	refused(t, map[string]refusal{
		"unknown verdict":       {change(`"verdict": "fail"`, `"verdict": "failed"`), `records[1] (replay/after-logout): "failed" is not a verdict`},
		"no verdict":            {change(`"verdict": "fail",`, ``), "records[1] (replay/after-logout): the verdict is missing"},
		"no level":              {change(`"level": "must",`, ``), "records[0] (lifecycle/login-issues-token): the level is missing"},
		"unknown level":         {change(`"level": "should"`, `"level": "ought"`), `"ought" is not a level`},
		"null record":           {change(`"records": [`, `"records": [null,`), "records[0]: the level is missing"},
		"no ID":                 {change(`"id": "replay/http2"`, `"id": ""`), "records[2]: the id is missing"},
		"ID twice":              {change(`"id": "replay/http2"`, `"id": "replay/after-logout"`), "records[2] (replay/after-logout): records[1] has the same id"},
		"unknown conclusion":    {change(`"conclusion": "nonconformant"`, `"conclusion": "fine"`), `"fine" is not a conclusion`},
		"no conclusion":         {change(`"conclusion": "nonconformant",`, ``), "the conclusion is missing"},
		"too good a conclusion": {change(`"conclusion": "nonconformant"`, `"conclusion": "conformant"`), `the conclusion is "conformant", but the records support "nonconformant"`},
		"failure made a pass":   {change(`"verdict": "fail"`, `"verdict": "pass"`), `the conclusion is "nonconformant", but the records support "error"`},
	})
}

func TestErrorsOfReadJSONNameTheLine(t *testing.T) {
	doc := strings.Replace(stored(t, sample.Runs["conformant"]), `"seed": 42`, `"seed": -1`, 1)
	line := strings.Count(doc[:strings.Index(doc, `"seed"`)], "\n") + 1
	_, err := report.ReadJSON(strings.NewReader(doc))
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("line %d,", line)) {
		t.Errorf("%v, want line %d", err, line)
	}
}

// What cannot be read back is not written.
func TestWriteJSONRefuses(t *testing.T) {
	nan := sample.Runs["conformant"]
	nan.Records = []report.Record{{ID: "a/b", Verdict: report.Pass, Numbers: []report.Number{{Name: "p99", Value: math.NaN()}}}}
	lie := sample.Runs["nonconformant"]
	lie.Conclusion = report.Conformant
	for want, run := range map[string]report.Run{
		"records[0] (a/b): numbers[0] (p99) is NaN":                               nan,
		`the conclusion is "conformant", but the records support "nonconformant"`: lie,
		`records[0]: the id is missing`:                                           {Records: []report.Record{{}}},
		`records[1] (a/b): records[0] has the same id`:                            {Records: []report.Record{{ID: "a/b"}, {ID: "a/b"}}},
	} {
		var out bytes.Buffer
		if err := report.WriteJSON(&out, run); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("error %v and %d bytes, want %q and none", err, out.Len(), want)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, run := range sample.Runs {
		f.Add(stored(f, run))
	}
	f.Add(`{"schema":1,"conclusion":"unconcluded","records":[],"subject":{"details":{"A":"b","A ":""}}}`)
	f.Fuzz(func(t *testing.T, doc string) {
		run, err := report.ReadJSON(strings.NewReader(doc))
		if err != nil {
			return
		}
		again, err := report.ReadJSON(strings.NewReader(stored(t, run)))
		if err != nil {
			t.Fatalf("what was read and stored is refused: %v", err)
		}
		if stored(t, again) != stored(t, run) {
			t.Error("stored twice it differs")
		}
	})
}
