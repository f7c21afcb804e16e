package reference

import (
	"net/http"
	"path"
	"strings"
)

var routeFaults = []fault{
	{Name: "get-unchecked", Summary: "Revocation is checked for other methods than GET only.", plant: unchecked(method(http.MethodGet))},
	{Name: "head-unchecked", Summary: "Revocation is not checked for HEAD.", plant: unchecked(method(http.MethodHead))},
	{Name: "options-unchecked", Summary: "Revocation is not checked for OPTIONS.", plant: unchecked(method(http.MethodOptions))},
	{Name: "second-route-unchecked", Summary: "Revocation is not checked on /api/orders.", plant: unchecked(ordersRoute)},
	{Name: "method-override-unchecked", Summary: "Revocation is not checked when a header overrides the method.", plant: unchecked(overridden)},
	{Name: "path-variant-unchecked", Summary: "Revocation is checked only if the path is spelled exactly as it was registered.", plant: unchecked(variant)},
}

func method(name string) func(*call) bool {
	return func(c *call) bool { return c.request.Method == name }
}

func ordersRoute(c *call) bool { return c.request.URL.Path == "/api/orders" }

// overrideHeaders are those that frameworks read as another method.
var overrideHeaders = []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}

func overridden(c *call) bool {
	for _, name := range overrideHeaders {
		if c.request.Header.Get(name) != "" {
			return true
		}
	}
	return c.request.URL.Query().Has("_method")
}

// variant tells whether a path has another spelling: upper case, escapes,
// dot segments, double or trailing slashes, parameters.
func variant(c *call) bool {
	spelled := c.request.URL.EscapedPath()
	return strings.ToLower(spelled) != spelled || path.Clean(spelled) != spelled || strings.ContainsAny(spelled, "%;")
}
