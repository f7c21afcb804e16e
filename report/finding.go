package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Observable is what was seen of a target that is wrong. Failures with
// different observables never have one cause.
type Observable string

// The observables, worst first.
const (
	DeadAccepted       Observable = "dead-token-accepted"          // after its logout was acknowledged
	SessionRefreshed   Observable = "ended-session-refreshed"      // what it had bought a token that works
	UsedAgain          Observable = "used-refresh-token-accepted"  // it bought a token that works
	RevocationsLost    Observable = "revocations-lost"             // with the store that held them
	UndoneAcknowledged Observable = "undone-logout-acknowledged"   // a logout that cannot have been done
	StrangerAccepted   Observable = "stranger-accepted"            // a forged, expired or early token, or none
	Disclosed          Observable = "token-or-answer-disclosed"    // to who may not have it
	BrokeBare          Observable = "broke-without-token"          // where another text in place of a token does not
	UndeclaredRefusal  Observable = "undeclared-refusal"           // of a dead token, by another status than is declared
	LogoutFailed       Observable = "logout-of-live-token-refused" // so that the token cannot be ended
	LiveRefused        Observable = "live-token-refused"           // over-block
	LoginFailed        Observable = "login-refused"
	EntriesKept        Observable = "revocations-kept" // in the store, long after exp
	WrongShape         Observable = "wrong-shape"      // an answer of another form than is declared
	OtherWrong         Observable = "other"
)

// severity orders the observables: leak, stranger, over-block, shape, the rest.
var severity = map[Observable]int{
	DeadAccepted: 1, SessionRefreshed: 1, UsedAgain: 1, RevocationsLost: 2, UndoneAcknowledged: 2, StrangerAccepted: 3, Disclosed: 4,
	LogoutFailed: 5, LiveRefused: 6, LoginFailed: 7, BrokeBare: 7, UndeclaredRefusal: 8, WrongShape: 9, EntriesKept: 10, OtherWrong: 11,
}

// Dimension is one way in which a call may differ from the plainest one: the
// first route by its own method, at the replica and over the connection of the
// logout, the token as it was issued to the first user, at once.
type Dimension string

// The dimensions.
const (
	ByMethod     Dimension = "method"
	OnRoute      Dimension = "route"
	AtReplica    Dimension = "replica"
	OverWire     Dimension = "connection"
	InSpelling   Dimension = "spelling"
	InForm       Dimension = "form" // of the request
	OfUser       Dimension = "user"
	OfToken      Dimension = "token"   // of what make: its claims, how it was forged
	OfSession    Dimension = "session" // of a live token: what it is to the one logged out
	AtTime       Dimension = "time"
	WithStore    Dimension = "store" // what has become of it
	AfterEvent   Dimension = "after"
	OnlyScenario Dimension = "only" // what nothing but the scenario says

	// Of a token that was logged out, where nothing else tells it from one that is dead.
	OfLife       Dimension = "life"           // in all
	LeftAtLogout Dimension = "left-at-logout" // to live
	AgeAtLogout  Dimension = "age-at-logout"  // since its login
	IdleAtLogout Dimension = "idle-at-logout" // since its last call
)

// Where says in what a call differs from the plainest one; empty if in nothing.
type Where map[Dimension]string

// within reports whether whatever holds for w holds for other, too: other
// differs from the plainest call in all that w does.
func (w Where) within(other Where) bool {
	for d, value := range w {
		if other[d] != value {
			return false
		}
	}
	return true
}

// Finding is what a failed scenario saw, in terms by which failures can be told
// to have one cause.
type Finding struct {
	Observable Observable `json:"observable"`
	Where      Where      `json:"where,omitempty"`
	// Seen is what led to it, in the order of time: "POST /logout 204",
	// "GET /api/hello 200 (wanted 401)". Tokens stand as fingerprints.
	Seen []string `json:"seen,omitempty"`
	// Left is how long the token that was accepted has to live.
	Left Duration `json:"left_ms,omitempty"`
}

// Call is what a step sent, in terms by which steps can be compared.
type Call struct {
	Token      string `json:"token,omitempty"` // its name and fingerprint
	Dead       bool   `json:"dead,omitempty"`  // its logout was acknowledged before
	Method     string `json:"method"`
	Path       string `json:"path"`
	Replica    int    `json:"replica,omitempty"`    // from 1
	Connection string `json:"connection,omitempty"` // empty is the scenario's own
	User       string `json:"user,omitempty"`
	Want       string `json:"want,omitempty"`
	Got        string `json:"got"`
	Status     int    `json:"status,omitempty"`
	Where      Where  `json:"where,omitempty"`
	// Of a token that was logged out, by the target's clock: how long it lives in all,
	// how old it was at the logout, and how long before that it was last called; and
	// how long after the logout the call came.
	Life  Duration `json:"life_ms,omitempty"`
	Age   Duration `json:"age_ms,omitempty"`
	Idle  Duration `json:"idle_ms,omitempty"`
	Since Duration `json:"since_ms,omitempty"`
}

// Declaration is where the target file says something of the target.
type Declaration struct {
	// Of and Value are the dimension and its value that the key declares, such as
	// a route and its path; both are empty where the key declares no value of one.
	Of    Dimension `json:"of,omitempty"`
	Value string    `json:"value,omitempty"`
	Key   string    `json:"key"` // "routes[0].path"
	File  string    `json:"file"`
	Line  int       `json:"line"` // from 1
}

// String is "file:line (key)".
func (d Declaration) String() string { return fmt.Sprintf("%s:%d (%s)", d.File, d.Line, d.Key) }

// declaredBy are the keys of a target file that declare what an observable
// breaks, where no dimension says it.
var declaredBy = map[Observable]string{
	DeadAccepted: "logout.path", RevocationsLost: "logout.path", UndoneAcknowledged: "logout.path", LogoutFailed: "logout.path", EntriesKept: "logout.path",
	LiveRefused: "logout.path", LoginFailed: "login.path", UndeclaredRefusal: "refusal",
}

// declared is where the target file declares what the cause found broken; nil if
// the run was not by a file.
func (c *causeOf) declared(all []Declaration) *Declaration {
	for _, d := range all {
		if d.Value != "" && slices.Contains(c.Where[d.Of], d.Value) {
			return &d
		}
	}
	for _, key := range []string{declaredBy[c.Observable], "routes[0].path"} {
		if i := slices.IndexFunc(all, func(d Declaration) bool { return d.Key == key }); i >= 0 {
			return &all[i]
		}
	}
	return nil
}

func (d Declaration) mapTexts(t texts) Declaration {
	t.all(&d.Value, &d.Key, &d.File)
	d.Of = t.dimension(d.Of)
	return d
}

func (f *Finding) mapTexts(t texts) *Finding {
	if f == nil {
		return nil
	}
	out := *f
	out.Observable, out.Where = Observable(t.change(string(f.Observable))), t.where(f.Where)
	t.lists(&out.Seen)
	return &out
}

func (c *Call) mapTexts(t texts) *Call {
	if c == nil {
		return nil
	}
	out := *c
	t.all(&out.Token, &out.Method, &out.Path, &out.Connection, &out.User, &out.Want, &out.Got)
	out.Where = t.where(c.Where)
	return &out
}

func (t texts) where(w Where) Where {
	return Where(mapped(w, t.dimension, t.change))
}

func (t texts) whereMany(w map[Dimension][]string) map[Dimension][]string {
	return mapped(w, t.dimension, func(values []string) []string { return each(values, t.change) })
}

func (t texts) dimension(d Dimension) Dimension { return Dimension(t.change(string(d))) }

// mapped is a copy with other keys and values, nil if there are none. Of two keys that
// become one the last in order counts.
func mapped[K cmp.Ordered, V any](in map[K]V, key func(K) K, value func(V) V) map[K]V {
	if len(in) == 0 {
		return nil
	}
	out := make(map[K]V, len(in))
	for _, k := range slices.Sorted(maps.Keys(in)) {
		out[key(k)] = value(in[k])
	}
	return out
}
