package expect_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/expect"
	"github.com/revocheck/revocheck/report"
)

func TestAFileThatIsWrongIsNamedWithItsLine(t *testing.T) {
	const right = "- scenario: a/b\n  reason: r\n  until: 2027-03-31\n"
	for name, c := range map[string][2]string{
		"nothing":      {"", "has no entry"},
		"a comment":    {"# none\n", "has no entry"},
		"unknown key":  {right + "- scenario: a/c\n  reasons: r\n  until: 2027-03-31\n", "[5:"},
		"both":         {right + "- scenario: a/c\n  cause: c\n  reason: r\n  until: 2027-03-31\n", "line 4: an entry names a scenario or a cause"},
		"neither":      {right + "- reason: r\n  until: 2027-03-31\n", "line 4: an entry names a scenario or a cause"},
		"no reason":    {right + "- cause: c\n  until: 2027-03-31\n", "line 4: reason is missing"},
		"no end":       {right + "- cause: c\n  reason: r\n", "line 4: until is missing"},
		"no such day":  {right + "- cause: c\n  reason: r\n  until: 2027-02-30\n", "line 4: until \"2027-02-30\" is no date"},
		"twice":        {right + right, "line 4: a/b has an entry already"},
		"no list":      {"scenario: a/b\n", "expect.yaml"},
		"deep nesting": {strings.Repeat("[", 200000), "line 1: entries are no deeper"},
	} {
		_, err := expect.Parse("expect.yaml", []byte(c[0]))
		if err == nil || !strings.Contains(err.Error(), c[1]) || !strings.Contains(err.Error(), "expect.yaml") {
			t.Errorf("%s: %v, want %q", name, err, c[1])
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	r := report.Run{
		Subject: report.Subject{Name: "a\nb"},
		Records: []report.Record{{ID: "a/1", Title: "first: #", Verdict: report.Fail}, {ID: "a/2", Verdict: report.Pass}, {ID: "a/3", Level: report.Should, Verdict: report.Fail}},
		Causes:  []report.Cause{{ID: `odd: "key" # at times`, Title: "A token\nlives", Scenarios: []string{"a/1"}}, {ID: "w", Warning: true, Scenarios: []string{"a/3"}}},
	}
	for by, want := range map[bool]report.Expected{
		true:  {Scenario: "a/1", Reason: "ticket: 7", Until: "2027-03-31"},
		false: {Cause: `odd: "key" # at times`, Reason: "ticket: 7", Until: "2027-03-31"},
	} {
		var out bytes.Buffer
		if err := expect.Write(&out, r, by, "ticket: 7", "2027-03-31"); err != nil {
			t.Fatal(err)
		}
		got, err := expect.Parse("written", out.Bytes())
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("by scenario %v: %+v, %v\n%s", by, got, err, out.String())
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("- scenario: a/b\n  reason: r\n  until: 2027-03-31\n"))
	f.Add([]byte("- cause: [\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		entries, err := expect.Parse("f", source)
		if err == nil && len(entries) == 0 {
			t.Error("nothing was read, and nothing was wrong")
		}
	})
}
