package replay

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var backendBypasFaults = []fault.Fault{
	{Name: "backend-open", Summary: "The backend answers whoever calls it around the gateway.", Plant: openBackend},
	{Name: "backend-unaware", Summary: "The backend takes calls around the gateway with any token that verifies, revoked or not.", Plant: unawareBackend},
}

func openBackend(s *gateway.Site) func(*gateway.Process) {
	s.Backend.Direct = s.Backend.Echo
	return func(*gateway.Process) {}
}

// unawareBackend verifies as the gateway does, and never asks the store.
func unawareBackend(s *gateway.Site) func(*gateway.Process) {
	return func(p *gateway.Process) {
		s.Backend.Direct = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := p.Identify(r); err != nil {
				gateway.RefuseBypass(w, r)
				return
			}
			s.Backend.Echo.ServeHTTP(w, r)
		})
	}
}
