package fault

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// secondRoute is a protected route beside /api/hello.
const secondRoute = "/api/orders"

// OnOrders picks the requests of the second route.
func OnOrders(r *http.Request) bool { return r.URL.Path == secondRoute }

// OrdersRoute picks the calls of the second route.
func OrdersRoute(c *gateway.Call) bool { return OnOrders(c.Request) }

// OtherEntryPoint picks the calls of any route and method but GET of the first.
func OtherEntryPoint(c *gateway.Call) bool {
	return c.Request.Method != http.MethodGet || c.Request.URL.Path != "/api/hello"
}
