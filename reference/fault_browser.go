package reference

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

var browserFaults = []fault{
	{Info: Info{"logout-from-elsewhere-lost", "A logout with the Origin of another site is acknowledged and ends nothing."}, plant: loses(fromElsewhere)},
	{Info: Info{"logout-by-fetch-lost", "A logout that a script of the gateway's own pages sends is acknowledged and ends nothing."}, plant: loses(byFetch)},
	{Info: Info{"logout-for-page-lost", "A logout that asks for HTML is answered by a page that ends nothing."}, plant: loses(wantsPage)},
	{Info: Info{"logout-with-body-lost", "A logout with a body is acknowledged and ends nothing."}, plant: loses(hasBody)},
	{Info: Info{"logout-with-query-lost", "A logout with a query is acknowledged and ends nothing."}, plant: loses(hasQuery)},
}

// loses plants a fault that acknowledges some logouts and does not do them.
func loses(when func(*http.Request) bool) func(*site) func(*process) {
	return each(func(p *process) {
		end := p.end
		p.end = func(ctx context.Context, c *call) error {
			if c.request != nil && when(c.request) {
				return nil
			}
			return end(ctx, c)
		}
	})
}

func fromElsewhere(r *http.Request) bool {
	origin, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && origin.Host != "" && origin.Host != r.Host
}

func byFetch(r *http.Request) bool { return r.Header.Get("Sec-Fetch-Site") == "same-origin" }

func wantsPage(r *http.Request) bool { return strings.HasPrefix(r.Header.Get("Accept"), "text/html") }

func hasBody(r *http.Request) bool { return r.ContentLength > 0 }

func hasQuery(r *http.Request) bool { return r.URL.RawQuery != "" }
