package forgery

import (
	"github.com/revocheck/revocheck/reference/internal/fault"
)

var entryPointFaults = []fault.Fault{
	{Name: "second-route-accepts-none", Summary: "A token with alg none is accepted on /api/orders.", Plant: fault.Where(fault.OnOrders, fault.AcceptForged(algNone))},
	{Name: "second-replica-ignores-issuer", Summary: "The second replica accepts a token of another issuer, if the key fits.", Plant: fault.SecondOnly(ignoreIssuer)},
}
