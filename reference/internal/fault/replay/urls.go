package replay

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var urlFaults = []fault.Fault{
	{Name: "path-variant-unchecked", Summary: "Revocation is checked only if the path is spelled exactly as it was registered.", Plant: fault.Unchecked(variant)},
	{Name: "open-path-in-url-unchecked", Summary: "Revocation is not checked if the path of an open route stands anywhere in the URL.", Plant: fault.Unchecked(namesOpenPath)},
	{Name: "static-file-unchecked", Summary: "Revocation is not checked if the URL ends like that of a style sheet.", Plant: fault.Unchecked(looksStatic)},
	{Name: "bad-query-unchecked", Summary: "Revocation is not checked if the query cannot be parsed.", Plant: fault.Unchecked(badQuery)},
	{Name: "debug-query-unchecked", Summary: "Revocation is not checked if the query asks for debugging.", Plant: fault.Unchecked(debugged)},
	{Name: "many-parameters-unchecked", Summary: "Revocation is not checked if the query has more than 100 parameters.", Plant: fault.Unchecked(func(c *gateway.Call) bool { return strings.Count(c.Request.URL.RawQuery, "&") >= 100 })},
}

// variant tells whether a path has another spelling: upper case, escapes,
// dot segments, double or trailing slashes, parameters.
func variant(c *gateway.Call) bool {
	spelled := c.Request.URL.EscapedPath()
	return strings.ToLower(spelled) != spelled || path.Clean(spelled) != spelled || strings.ContainsAny(spelled, "%;")
}

func namesOpenPath(c *gateway.Call) bool {
	return slices.ContainsFunc([]string{"/login", "/public"}, func(path string) bool { return strings.Contains(c.Request.RequestURI, path) })
}

func badQuery(c *gateway.Call) bool {
	_, err := url.ParseQuery(c.Request.URL.RawQuery)
	return err != nil
}

func debugged(c *gateway.Call) bool { return c.Request.URL.Query().Has("debug") }

func looksStatic(c *gateway.Call) bool { return strings.HasSuffix(c.Request.RequestURI, ".css") }
