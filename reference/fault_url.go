package reference

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

var urlFaults = []fault{
	{Name: "unusual-method-unchecked", Summary: "Revocation is checked for the usual methods, and other ones are served as well.", plant: unchecked(unusualMethod)},
	{Name: "open-path-in-url-unchecked", Summary: "Revocation is not checked if the path of an open route stands anywhere in the URL.", plant: unchecked(namesOpenPath)},
	{Name: "static-file-unchecked", Summary: "Revocation is not checked if the URL ends like that of a style sheet.", plant: unchecked(looksStatic)},
	{Name: "bad-query-unchecked", Summary: "Revocation is not checked if the query cannot be parsed.", plant: unchecked(badQuery)},
	{Name: "debug-query-unchecked", Summary: "Revocation is not checked if the query asks for debugging.", plant: unchecked(debugged)},
	{Name: "many-parameters-unchecked", Summary: "Revocation is not checked if the query has more than 100 parameters.", plant: unchecked(func(c *call) bool { return strings.Count(c.request.URL.RawQuery, "&") >= 100 })},
}

func unusualMethod(c *call) bool {
	usual := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
	}
	return !slices.Contains(usual, c.request.Method)
}

func namesOpenPath(c *call) bool {
	return slices.ContainsFunc([]string{"/login", "/public"}, func(path string) bool { return strings.Contains(c.request.RequestURI, path) })
}

func badQuery(c *call) bool {
	_, err := url.ParseQuery(c.request.URL.RawQuery)
	return err != nil
}

func debugged(c *call) bool { return c.request.URL.Query().Has("debug") }

func looksStatic(c *call) bool { return strings.HasSuffix(c.request.RequestURI, ".css") }
