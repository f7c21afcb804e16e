package wire

import (
	"testing"
)

func TestObjectsInABody(t *testing.T) {
	for body, want := range map[string][]string{
		"":                                 {},
		"no object":                        {},
		`{"a":1}`:                          {`{"a":1}`},
		`Unauthorized {"a":{"b":2}} x {`:   {`{"a":{"b":2}}`, `{"b":2}`},
		`[{"a":1},{"b":2}]`:                {`{"a":1}`, `{"b":2}`},
		`{"error":"x"}` + "\n" + `{"a":1}`: {`{"error":"x"}`, `{"a":1}`},
	} {
		got := objects([]byte(body))
		if len(got) != len(want) {
			t.Errorf("%s: %d objects, want %d", body, len(got), len(want))
			continue
		}
		for i := range got {
			if string(got[i]) != want[i] {
				t.Errorf("%s: %s, want %s", body, got[i], want[i])
			}
		}
	}
}
