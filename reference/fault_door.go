package reference

import "net/http"

var doorFaults = []fault{
	{Name: "second-route-accepts-none", Summary: "A token with alg none is accepted on /api/orders.", plant: loose(onOrders, believe(algNone))},
	{Name: "second-route-ignores-exp", Summary: "Tokens are accepted after exp on /api/orders.", plant: loose(onOrders, each(acceptExpired))},
	{Name: "head-ignores-exp", Summary: "Tokens are accepted after exp by HEAD.", plant: loose(byHead, each(acceptExpired))},
	{Name: "second-replica-ignores-issuer", Summary: "The second replica accepts a token of another issuer, if the key fits.", plant: secondOnly(ignoreIssuer)},
}

func onOrders(r *http.Request) bool { return r.URL.Path == "/api/orders" }

func byHead(r *http.Request) bool { return r.Method == http.MethodHead }

// loose plants a fault for some of the calls: they are let in by a second
// process that has it.
func loose(when func(*http.Request) bool, plant planting) planting {
	return func(s *site) func(*process) {
		loosen := plant(s)
		return func(p *process) {
			careless, admit := *p, p.admit
			loosen(&careless)
			p.admit = func(r *http.Request) (*call, error) {
				if when(r) {
					return careless.admitCall(r)
				}
				return admit(r)
			}
		}
	}
}
