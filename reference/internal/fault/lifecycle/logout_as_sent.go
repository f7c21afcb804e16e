package lifecycle

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var logoutAsSentFaults = []fault.Fault{
	{Name: "logout-from-elsewhere-lost", Summary: "A logout with the Origin of another site is acknowledged and ends nothing.", Plant: loses(fromElsewhere)},
	{Name: "logout-by-fetch-lost", Summary: "A logout that a script of the gateway's own pages sends is acknowledged and ends nothing.", Plant: loses(byFetch)},
	{Name: "logout-for-page-lost", Summary: "A logout that asks for HTML is answered by a page that ends nothing.", Plant: loses(wantsPage)},
	{Name: "logout-with-body-lost", Summary: "A logout with a body is acknowledged and ends nothing.", Plant: loses(hasBody)},
	{Name: "logout-with-query-lost", Summary: "A logout with a query is acknowledged and ends nothing.", Plant: loses(hasQuery)},
}

// loses plants a fault that acknowledges some logouts and does not do them.
func loses(when func(*http.Request) bool) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if c.Request != nil && when(c.Request) {
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
