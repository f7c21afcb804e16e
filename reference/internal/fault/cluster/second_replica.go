package cluster

import (
	"github.com/revocheck/revocheck/reference/internal/fault"
)

var secondReplicaFaults = []fault.Fault{
	{Name: "second-replica-orders-unchecked", Summary: "The second replica does not check for revocation on /api/orders.", Plant: fault.SecondOnly(fault.Skipping(fault.OrdersRoute))},
}
