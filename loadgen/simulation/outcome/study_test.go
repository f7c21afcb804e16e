package outcome_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/revocheck/revocheck/loadgen/simulation/internal/example"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
)

func TestAStudyIsStoredAndReadBack(t *testing.T) {
	stored, err := json.Marshal(example.Study())
	if err != nil {
		t.Fatal(err)
	}
	var back outcome.Study
	if err := json.Unmarshal(stored, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&back, example.Study()) {
		t.Error("what is read back is another study")
	}
}
