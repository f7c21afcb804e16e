package reference

import "net/http"

var doorFaults = []Fault{
	{Name: "second-route-accepts-none", Summary: "A token with alg none is accepted on /api/orders.", Plant: Where(OnOrders, Believe(algNone))},
	{Name: "second-route-ignores-exp", Summary: "Tokens are accepted after exp on /api/orders.", Plant: Where(OnOrders, Each(AcceptExpired))},
	{Name: "head-ignores-exp", Summary: "Tokens are accepted after exp by HEAD.", Plant: Where(byHead, Each(AcceptExpired))},
	{Name: "second-replica-ignores-issuer", Summary: "The second replica accepts a token of another issuer, if the key fits.", Plant: SecondOnly(ignoreIssuer)},
}

func OnOrders(r *http.Request) bool { return r.URL.Path == "/api/orders" }

func byHead(r *http.Request) bool { return r.Method == http.MethodHead }

// Where plants a fault for some of the calls: they are let in by a second
// process that has it.
func Where(when func(*http.Request) bool, plant Planting) Planting {
	return func(s *Site) func(*Process) {
		loosen := plant(s)
		return func(p *Process) {
			careless, admit := *p, p.Admit
			loosen(&careless)
			p.Admit = func(r *http.Request) (*Call, error) {
				if when(r) {
					return careless.AdmitCall(r)
				}
				return admit(r)
			}
		}
	}
}
