package reference

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

var urlFaults = []Fault{
	{Name: "unusual-method-unchecked", Summary: "Revocation is checked for the usual methods, and other ones are served as well.", Plant: Unchecked(unusualMethod)},
	{Name: "open-path-in-url-unchecked", Summary: "Revocation is not checked if the path of an open route stands anywhere in the URL.", Plant: Unchecked(namesOpenPath)},
	{Name: "static-file-unchecked", Summary: "Revocation is not checked if the URL ends like that of a style sheet.", Plant: Unchecked(looksStatic)},
	{Name: "bad-query-unchecked", Summary: "Revocation is not checked if the query cannot be parsed.", Plant: Unchecked(badQuery)},
	{Name: "debug-query-unchecked", Summary: "Revocation is not checked if the query asks for debugging.", Plant: Unchecked(debugged)},
	{Name: "many-parameters-unchecked", Summary: "Revocation is not checked if the query has more than 100 parameters.", Plant: Unchecked(func(c *Call) bool { return strings.Count(c.Request.URL.RawQuery, "&") >= 100 })},
}

func unusualMethod(c *Call) bool {
	usual := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
	}
	return !slices.Contains(usual, c.Request.Method)
}

func namesOpenPath(c *Call) bool {
	return slices.ContainsFunc([]string{"/login", "/public"}, func(path string) bool { return strings.Contains(c.Request.RequestURI, path) })
}

func badQuery(c *Call) bool {
	_, err := url.ParseQuery(c.Request.URL.RawQuery)
	return err != nil
}

func debugged(c *Call) bool { return c.Request.URL.Query().Has("debug") }

func looksStatic(c *Call) bool { return strings.HasSuffix(c.Request.RequestURI, ".css") }
