package reference

import "net/http"

var directFaults = []Fault{
	{Name: "backend-open", Summary: "The backend answers whoever calls it around the gateway.", Plant: openBackend},
	{Name: "backend-unaware", Summary: "The backend takes calls around the gateway with any token that verifies, revoked or not.", Plant: unawareBackend},
}

func openBackend(s *Site) func(*Process) {
	s.Backend.Direct = s.Backend.Echo
	return func(*Process) {}
}

// unawareBackend verifies as the gateway does, and never asks the store.
func unawareBackend(s *Site) func(*Process) {
	return func(p *Process) {
		s.Backend.Direct = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := p.Identify(r); err != nil {
				RefuseBypass(w, r)
				return
			}
			s.Backend.Echo.ServeHTTP(w, r)
		})
	}
}
