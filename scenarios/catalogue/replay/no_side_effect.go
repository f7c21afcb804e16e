package replay

import (
	"net/http"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var noSideEffect = scenarios.Scenario{
	ID:          "replay/no-side-effect",
	Title:       "A refused call never reaches the backend",
	Level:       report.Must,
	Requirement: "A call with a logged-out token must be refused before it reaches the backend, on every route.",
	Refs:        []string{"CWE-613", "CWE-696"},
	Needs:       []scenarios.Capability{scenarios.Hits},
	Alone:       true,
	Fix:         "Ask the store before the request is forwarded, not while the answer comes back.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		doors := counted(p, t)
		p.Logout(t, scenarios.Acknowledged)
		p.Hits().Mark()
		refusedUnseen(p, t, doors)
		unseenLater(p)
		live := p.Login("alice", "U")
		p.Hits().Mark()
		p.Call(live, scenarios.WantAccepted)
		p.Hits().More()
		refusedUnseen(p, t, doors)
	},
}

// looksAtLag is how often it is seen how late the counter counts: once may be
// by luck, or the late hit of another scenario.
const looksAtLag = 3

// door is a route, or a method of it that the target does not declare: what that
// is answered with is not judged here.
type door struct {
	scenarios.Route
	want scenarios.Want
}

// counted are the doors whose calls the counter counts: the first, or the
// scenario says nothing, and what others there are.
func counted(p *scenarios.Play, t *scenarios.Token) []door {
	all := p.Contract().Routes
	p.Repeat(looksAtLag, func(int) {
		p.Hits().Mark()
		p.Call(t, scenarios.WantAccepted)
		p.Hits().More()
	})
	list := []door{{all[0], scenarios.WantRefused}}
	for _, r := range all[1:] {
		p.Hits().Mark()
		p.Call(t, scenarios.WantAccepted, scenarios.On(r))
		if p.Hits().Moved() {
			list = append(list, door{r, scenarios.WantRefused})
		} else {
			p.Note("left out, because calls of it are not counted: %s", r)
		}
	}
	posted := all[0]
	posted.Method = http.MethodPost
	p.Hits().Mark()
	if p.Call(t, scenarios.WantAny, scenarios.On(posted)); p.Hits().Moved() {
		list = append(list, door{posted, scenarios.WantAny})
	}
	return list
}

// late is how long after a refusal what was put off may yet reach the backend.
const late = 2200 * time.Millisecond

// unseenLater has nothing that was refused reach the backend afterwards.
func unseenLater(p *scenarios.Play) {
	if !p.Clock().Movable() && p.Clock().CanWait(late) { // what is put off goes by a timer, which no moved clock moves
		p.Clock().Wait(late)
		p.Hits().Same()
	}
}

// refusedUnseen calls the doors with a dead token while the counter stands.
func refusedUnseen(p *scenarios.Play, t *scenarios.Token, doors []door) {
	for _, d := range doors {
		p.Hits().Mark()
		p.Call(t, d.want, scenarios.On(d.Route))
		p.Call(t, d.want, scenarios.On(d.Route), scenarios.Over(scenarios.NewConnection))
		p.Hits().Same()
	}
}
