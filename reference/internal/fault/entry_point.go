package fault

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/gateway"
)

func OnOrders(r *http.Request) bool { return r.URL.Path == "/api/orders" }

func OrdersRoute(c *gateway.Call) bool { return c.Request.URL.Path == "/api/orders" }

func OtherEntryPoint(c *gateway.Call) bool {
	return c.Request.Method != http.MethodGet || c.Request.URL.Path != "/api/hello"
}
