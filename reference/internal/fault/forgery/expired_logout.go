package forgery

import (
	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var expiredLogoutFaults = []fault.Fault{
	{
		Name: "logout-accepts-expired", Summary: "A logout with an expired token ends the user's live sessions.",
		Adjust: fault.UseNotBefore, Plant: fault.Each(acceptExpiredLogout),
	},
	{Name: "expired-logout-ends-older", Summary: "A logout with an expired token ends those of its user that are more than a second old.", Plant: fault.EndsOlder(fault.OfAnExpiredToken)},
}

func acceptExpiredLogout(p *gateway.Process) {
	afterExp := *p
	fault.AcceptExpired(&afterExp)
	fault.ReadLogoutBy(p, afterExp.Verify)
}
