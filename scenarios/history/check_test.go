package history_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios/history"
)

var origin = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)

// op is an operation on token T from one millisecond to another.
func op(k history.Kind, from, to int, o history.Outcome) history.Operation {
	return history.Operation{
		Register: "T", Token: "T", Kind: k, Outcome: o,
		Sent:     origin.Add(time.Duration(from) * time.Millisecond),
		Received: origin.Add(time.Duration(to) * time.Millisecond),
	}
}

func call(from, to int, o history.Outcome) history.Operation { return op(history.Call, from, to, o) }

func logout(from, to int, o history.Outcome) history.Operation {
	return op(history.Logout, from, to, o)
}

const (
	accepted = history.Accepted
	refused  = history.Refused
	unknown  = history.Unknown
)

func TestLegalHistories(t *testing.T) {
	for name, ops := range map[string][]history.Operation{
		"calls, logout, refusals":            {call(0, 1, accepted), logout(2, 4, accepted), call(5, 6, refused), call(7, 8, refused)},
		"accepted during the logout":         {logout(0, 10, accepted), call(3, 4, accepted), call(11, 12, refused)},
		"refused during the logout":          {call(-2, -1, accepted), logout(0, 10, accepted), call(3, 4, refused)},
		"accepted late, sent early":          {call(0, 100, accepted), logout(10, 20, accepted), call(30, 40, refused)},
		"sent the instant of the answer":     {logout(0, 10, accepted), call(10, 12, accepted)},
		"overlapping calls disagree":         {logout(0, 10, accepted), call(1, 9, refused), call(2, 8, accepted)},
		"second logout acknowledged":         {logout(0, 1, accepted), logout(2, 3, accepted), call(4, 5, refused)},
		"second logout refused":              {logout(0, 1, accepted), logout(2, 3, refused), call(4, 5, refused)},
		"unknown logout, never done":         {logout(0, 1, unknown), call(100, 101, accepted)},
		"unknown logout, done at once":       {logout(0, 1, unknown), call(2, 3, refused), call(100, 101, refused)},
		"unknown logout, done late":          {logout(0, 1, unknown), call(2, 3, accepted), call(100, 101, refused)},
		"two unknown logouts":                {logout(0, 1, unknown), call(2, 3, accepted), logout(4, 5, unknown), call(6, 7, refused)},
		"unknown calls say nothing":          {logout(0, 1, accepted), call(2, 3, unknown), call(4, 5, refused)},
		"unknown call alone":                 {call(0, 1, unknown)},
		"an unknown logout causes a refusal": {call(0, 1, accepted), logout(2, 3, unknown), logout(4, 5, refused)},
	} {
		t.Run(name, func(t *testing.T) {
			if r := history.Check(ops, history.Limits{}); !r.OK() {
				t.Errorf("found %+v", r.Violations)
			}
		})
	}
}

func TestIllegalHistories(t *testing.T) {
	for name, c := range map[string]struct {
		ops  []history.Operation
		want history.Fault
	}{
		"accepted after the acknowledgement": {[]history.Operation{call(0, 1, accepted), logout(2, 4, accepted), call(5, 6, accepted)}, history.Leak},
		"lost logout":                        {[]history.Operation{logout(0, 1, accepted), call(2, 3, refused), call(4, 5, unknown), call(1000, 1001, accepted)}, history.Leak},
		"second logout does not mend it":     {[]history.Operation{logout(0, 1, accepted), call(2, 3, accepted), logout(4, 5, accepted), call(6, 7, refused)}, history.Leak},
		"revival within the logout":          {[]history.Operation{logout(0, 100, accepted), call(1, 2, refused), call(3, 4, accepted)}, history.Revival},
		"revival after an unknown logout":    {[]history.Operation{logout(0, 1, unknown), call(2, 3, refused), call(4, 5, accepted)}, history.Revival},
		"a refused logout is a proof":        {[]history.Operation{logout(0, 1, unknown), logout(2, 3, refused), call(4, 5, accepted)}, history.Revival},
		"refused without a logout":           {[]history.Operation{call(0, 1, accepted), call(2, 3, refused)}, history.OverBlock},
		"refused before the logout":          {[]history.Operation{call(0, 1, refused), logout(2, 3, accepted), call(4, 5, refused)}, history.OverBlock},
		"the logout of a live token refused": {[]history.Operation{call(0, 1, accepted), logout(2, 3, refused)}, history.OverBlock},
	} {
		t.Run(name, func(t *testing.T) {
			r := history.Check(c.ops, history.Limits{})
			if r.OK() || len(r.Violations) != 1 || r.Violations[0].Fault != c.want {
				t.Fatalf("found %+v, want a %s", r.Violations, c.want)
			}
			if !tellsWrong(r.Violations[0]) {
				t.Errorf("the timeline marks nothing wrong: %v", r.Violations[0].Timeline)
			}
		})
	}
}

func tellsWrong(v history.Violation) bool {
	for _, m := range v.Timeline {
		if m.Wrong {
			return true
		}
	}
	return false
}

func TestDeclaredLeakWindowIsRespected(t *testing.T) {
	within := history.Limits{LeakWindow: 50 * time.Millisecond}
	for name, c := range map[string]struct {
		ops []history.Operation
		ok  bool
	}{
		"accepted within it":                  {[]history.Operation{logout(0, 10, accepted), call(59, 60, accepted)}, true},
		"accepted past it":                    {[]history.Operation{logout(0, 10, accepted), call(61, 62, accepted)}, false},
		"one replica refuses, another serves": {[]history.Operation{logout(0, 10, accepted), call(11, 12, refused), call(13, 14, accepted)}, true},
		"refused, and served long after":      {[]history.Operation{logout(0, 1, unknown), call(11, 12, refused), call(63, 64, accepted)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if r := history.Check(c.ops, within); r.OK() != c.ok {
				t.Errorf("OK is %v, found %+v", r.OK(), r.Violations)
			}
		})
	}
}

func TestRegistersAreJudgedApart(t *testing.T) {
	other := func(o history.Operation, register, token string) history.Operation {
		o.Register, o.Token = register, token
		return o
	}
	apart := []history.Operation{logout(0, 1, accepted), other(call(2, 3, accepted), "U", "U")}
	if r := history.Check(apart, history.Limits{}); !r.OK() || r.Registers != 2 {
		t.Errorf("two tokens: %+v", r)
	}
	shared := []history.Operation{other(logout(0, 1, accepted), "alice", "T"), other(call(2, 3, accepted), "alice", "U")}
	r := history.Check(shared, history.Limits{})
	if len(r.Violations) != 1 || r.Violations[0].Register != "alice" || !strings.Contains(r.Violations[0].Why, "U was accepted 1.00 ms after") {
		t.Errorf("one user: %+v", r)
	}
}

func TestEmptyHistoryIsNotOK(t *testing.T) {
	if history.Check(nil, history.Limits{}).OK() {
		t.Error("a history without operations is OK")
	}
}

// explained says by definition whether a history of one token can be
// explained: some instant at or after a logout was sent, before which every
// accepted call began and after which every proof ended.
func explained(ops []history.Operation) bool {
	const never = 1 << 40
	begun, ended, cause := int64(-never), int64(never), int64(never)
	for _, o := range ops {
		sent, received := o.Sent.Sub(origin).Milliseconds(), o.Received.Sub(origin).Milliseconds()
		if o.Kind == history.Logout && o.Outcome != refused {
			cause = min(cause, sent)
		}
		if o.Kind == history.Call && o.Outcome == accepted {
			begun = max(begun, sent)
		}
		if o.Outcome == refused || o.Kind == history.Logout && o.Outcome == accepted {
			ended = min(ended, received)
		}
	}
	return ended == never || begun <= ended && cause <= ended
}

// TestCheckAgreesWithTheDefinition compares, over random histories, the
// search with what the definition says.
func TestCheckAgreesWithTheDefinition(t *testing.T) {
	verdicts := map[bool]int{}
	for seed := range uint64(5000) {
		ops := randomHistory(rand.New(rand.NewPCG(seed, 1)))
		want := explained(ops)
		verdicts[want]++
		if got := history.Check(ops, history.Limits{}).OK(); got != want {
			t.Fatalf("seed %d: %v, want %v, of\n%s", seed, got, want, lines(ops))
		}
	}
	if verdicts[true] < 500 || verdicts[false] < 500 {
		t.Errorf("the sample is lopsided: %v", verdicts)
	}
}

func randomHistory(r *rand.Rand) []history.Operation {
	revoked := r.IntN(60)
	var ops []history.Operation
	for range 1 + r.IntN(12) {
		from := r.IntN(60)
		o := call(from, from+r.IntN(20), accepted)
		if r.IntN(4) == 0 {
			o.Kind = history.Logout
			o.Outcome = []history.Outcome{accepted, accepted, unknown, refused}[r.IntN(4)]
		} else if from+r.IntN(12) > revoked {
			o.Outcome = refused
		}
		ops = append(ops, o)
	}
	return ops
}

func lines(ops []history.Operation) string {
	var b strings.Builder
	for _, o := range ops {
		fmt.Fprintf(&b, "%d-%d %s\n", o.Sent.Sub(origin).Milliseconds(), o.Received.Sub(origin).Milliseconds(), o)
	}
	return b.String()
}
