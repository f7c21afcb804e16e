package reference

import "net/http"

var directFaults = []fault{
	{Name: "backend-open", Summary: "The backend answers whoever calls it around the gateway.", plant: openBackend},
	{Name: "backend-unaware", Summary: "The backend takes calls around the gateway with any token that verifies, revoked or not.", plant: unawareBackend},
}

func openBackend(s *site) func(*process) {
	s.backend.direct = s.backend.echo
	return func(*process) {}
}

// unawareBackend verifies as the gateway does, and never asks the store.
func unawareBackend(s *site) func(*process) {
	return func(p *process) {
		s.backend.direct = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := p.identify(r); err != nil {
				serveNoBypass(w, r)
				return
			}
			s.backend.echo.ServeHTTP(w, r)
		})
	}
}
