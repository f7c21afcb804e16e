package replay

import (
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var routeFaults = []fault.Fault{
	{Name: "get-unchecked", Summary: "Revocation is checked for other methods than GET only.", Plant: fault.Unchecked(method(http.MethodGet))},
	{Name: "head-unchecked", Summary: "Revocation is not checked for HEAD.", Plant: fault.Unchecked(method(http.MethodHead))},
	{Name: "options-unchecked", Summary: "Revocation is not checked for OPTIONS.", Plant: fault.Unchecked(method(http.MethodOptions))},
	{Name: "unusual-method-unchecked", Summary: "Revocation is checked for the usual methods, and other ones are served as well.", Plant: fault.Unchecked(unusualMethod)},
	{Name: "second-route-unchecked", Summary: "Revocation is not checked on /api/orders.", Plant: fault.Unchecked(fault.OrdersRoute)},
	{Name: "method-override-unchecked", Summary: "Revocation is not checked when a header overrides the method.", Plant: fault.Unchecked(overridden)},
}

func method(name string) func(*gateway.Call) bool {
	return func(c *gateway.Call) bool { return c.Request.Method == name }
}

// overrideHeaders are those that frameworks read as another method.
var overrideHeaders = []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}

func overridden(c *gateway.Call) bool {
	for _, name := range overrideHeaders {
		if c.Request.Header.Get(name) != "" {
			return true
		}
	}
	return c.Request.URL.Query().Has("_method")
}

func unusualMethod(c *gateway.Call) bool {
	usual := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
	}
	return !slices.Contains(usual, c.Request.Method)
}
