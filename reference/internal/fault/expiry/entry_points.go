package expiry

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

var entryPointFaults = []fault.Fault{
	{Name: "second-route-ignores-exp", Summary: "Tokens are accepted after exp on /api/orders.", Plant: fault.Where(fault.OnOrders, fault.Each(fault.AcceptExpired))},
	{Name: "head-ignores-exp", Summary: "Tokens are accepted after exp by HEAD.", Plant: fault.Where(byHead, fault.Each(fault.AcceptExpired))},
	{Name: "second-replica-exp-not-checked", Summary: "The second replica accepts tokens after exp.", Plant: fault.SecondOnly(fault.AcceptExpired)},
}

func byHead(r *http.Request) bool { return r.Method == http.MethodHead }
