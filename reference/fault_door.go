package reference

import "net/http"

var doorFaults = []fault{
	{Info: Info{"second-route-accepts-none", "A token with alg none is accepted on /api/orders."}, plant: loose(onOrders, believe(algNone))},
	{Info: Info{"second-route-ignores-exp", "Tokens are accepted after exp on /api/orders."}, plant: loose(onOrders, each(acceptExpired))},
	{Info: Info{"head-ignores-exp", "Tokens are accepted after exp by HEAD."}, plant: loose(byHead, each(acceptExpired))},
	{Info: Info{"second-replica-ignores-issuer", "The second replica accepts a token of another issuer, if the key fits."}, plant: secondOnly(ignoreIssuer)},
}

func onOrders(r *http.Request) bool { return r.URL.Path == "/api/orders" }

func byHead(r *http.Request) bool { return r.Method == http.MethodHead }

// loose plants a fault for some of the calls: they are let in by a second
// process that has it.
func loose(when func(*http.Request) bool, plant func(*site) func(*process)) func(*site) func(*process) {
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
