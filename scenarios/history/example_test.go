package history_test

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/scenarios/history"
)

func ExampleCheck() {
	at := func(ms int) time.Time { return time.UnixMilli(int64(ms)) }
	var r history.Recorder
	r.Add(history.Operation{Register: "T", Token: "T", Kind: history.Logout, Outcome: history.Accepted, Sent: at(0), Received: at(3)})
	r.Add(history.Operation{Register: "T", Token: "T", Client: 1, Replica: 1, Outcome: history.Accepted, Sent: at(40), Received: at(41)})
	for _, v := range history.Check(r.Operations(), history.Limits{}).Violations {
		fmt.Println(v.Fault, "-", v.Why)
		for _, m := range v.Timeline {
			fmt.Println(m)
		}
	}
	// Output:
	// leak - T was accepted 37.00 ms after its logout was acknowledged
	// 0.00 ms to 3.00 ms: client 1 logout of T at replica 1: acknowledged
	// 40.00 ms to 41.00 ms: client 2 call of T at replica 2: accepted
}
