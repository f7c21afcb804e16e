package targetfile

import (
	"reflect"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// TestWhatIsWrittenIsReadBack, with a value that looks like a reference.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	want := contract.Contract{
		Name: "gateway", Endpoints: []string{"https://a.example"}, Headers: map[string]string{"X-Key": "${NOT_A_VARIABLE}"},
		Users: []contract.User{{Name: "alice", Password: "0123"}}, Login: contract.Login{Path: "/login"},
		Logout:    contract.Logout{Path: "/logout", Scope: contract.ScopeUser, CutOff: time.Second},
		Routes:    []contract.Route{{Path: "/a", Accepted: contract.Statuses{200, 204}, Identity: "$.sub"}},
		Refresh:   &contract.Refresh{Path: "/refresh", Rotates: true, Reuse: "refused", Grace: time.Second},
		RevokeAll: &contract.RevokeAll{Action: contract.Action{Path: "/all"}, Undo: &contract.Action{Path: "/undo", Fields: map[string]string{"t": "$.a"}}},
		Hits:      &contract.HitCounter{URL: "/hits"}, Limits: contract.Limits{Rate: 2.5, Timeout: 3 * time.Second},
	}
	content, err := Write(want)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse("target.yaml", content, func(string) (string, bool) { return "", false })
	if err != nil || f.Err() != nil {
		t.Fatalf("%v, %v\n%s", err, f.Err(), content)
	}
	if !reflect.DeepEqual(f.Contract, want) {
		t.Errorf("read %+v\nwant %+v\n%s", f.Contract, want, content)
	}
}
