package reference

import (
	"net/http"
	"path"
	"strings"
)

var routeFaults = []Fault{
	{Name: "get-unchecked", Summary: "Revocation is checked for other methods than GET only.", Plant: Unchecked(method(http.MethodGet))},
	{Name: "head-unchecked", Summary: "Revocation is not checked for HEAD.", Plant: Unchecked(method(http.MethodHead))},
	{Name: "options-unchecked", Summary: "Revocation is not checked for OPTIONS.", Plant: Unchecked(method(http.MethodOptions))},
	{Name: "second-route-unchecked", Summary: "Revocation is not checked on /api/orders.", Plant: Unchecked(OrdersRoute)},
	{Name: "method-override-unchecked", Summary: "Revocation is not checked when a header overrides the method.", Plant: Unchecked(overridden)},
	{Name: "path-variant-unchecked", Summary: "Revocation is checked only if the path is spelled exactly as it was registered.", Plant: Unchecked(variant)},
}

func method(name string) func(*Call) bool {
	return func(c *Call) bool { return c.Request.Method == name }
}

func OrdersRoute(c *Call) bool { return c.Request.URL.Path == "/api/orders" }

// overrideHeaders are those that frameworks read as another method.
var overrideHeaders = []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}

func overridden(c *Call) bool {
	for _, name := range overrideHeaders {
		if c.Request.Header.Get(name) != "" {
			return true
		}
	}
	return c.Request.URL.Query().Has("_method")
}

// variant tells whether a path has another spelling: upper case, escapes,
// dot segments, double or trailing slashes, parameters.
func variant(c *Call) bool {
	spelled := c.Request.URL.EscapedPath()
	return strings.ToLower(spelled) != spelled || path.Clean(spelled) != spelled || strings.ContainsAny(spelled, "%;")
}
