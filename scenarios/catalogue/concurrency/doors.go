package concurrency

import "github.com/revocheck/revocheck/scenarios"

// door is a route of a replica.
type door struct {
	replica int
	route   scenarios.Route
}

func (d door) opts() []scenarios.CallOption {
	return []scenarios.CallOption{scenarios.On(d.route), scenarios.At(d.replica)}
}

// everyDoor ends a token and, once the declared window has passed, tries it on
// every route of every replica: one may run another release, or another
// configuration, than the rest.
func everyDoor(p *scenarios.Play) {
	if len(p.Contract().Routes) == 1 || !p.Clock().CanWait(p.Contract().LeakWindow) {
		return
	}
	t := p.Login("alice", "D")
	doors := open(p, t)
	p.Logout(t, scenarios.Acknowledged)
	p.Propagate()
	for _, d := range doors {
		p.Call(t, scenarios.WantRefused, d.opts()...)
	}
	live := p.Login("alice", "U")
	for _, d := range doors {
		p.Call(live, scenarios.WantAccepted, d.opts()...)
	}
	for _, d := range doors {
		p.Call(t, scenarios.WantRefused, d.opts()...)
	}
}

// open are the doors that a live token opens.
func open(p *scenarios.Play, t *scenarios.Token) []door {
	var doors []door
	for replica := range p.Replicas() {
		for _, route := range p.Contract().Routes {
			d := door{replica, route}
			a := p.Call(t, scenarios.WantAny, d.opts()...)
			if p.Planning() || p.Judge(route, t, a) == scenarios.Accepted {
				doors = append(doors, d)
				continue
			}
			p.Note("%s at replica %d was left out: it answers a live token %d", route, replica+1, a.Status)
		}
	}
	return doors
}
