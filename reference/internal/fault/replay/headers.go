package replay

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"sync"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var headerFaults = []fault.Fault{
	{Name: "inside-header-unchecked", Summary: "Revocation is not checked if a header says that the call comes from the same machine.", Plant: fault.Unchecked(fromInside)},
	{Name: "inside-header-unchecked-on-second-route", Summary: "Revocation is not checked on /api/orders if a header says that the call comes from the same machine.", Plant: fault.Unchecked(ordersFromInside)},
	{Name: "answer-kept-by-key", Summary: "The answer to a POST with an Idempotency-Key is kept, and given again without a check to whoever the token names.", Plant: fault.Each(keepAnswers)},
	{Name: "xml-unchecked", Summary: "Revocation is not checked if an answer in XML is asked for.", Plant: fault.Unchecked(wantsXML)},
	{Name: "malformed-media-type-unchecked", Summary: "Revocation is not checked if the Content-Type cannot be parsed.", Plant: fault.Unchecked(malformedMedia)},
	{Name: "other-tenant-unchecked", Summary: "Revocation is not checked if a header names a tenant.", Plant: fault.Unchecked(func(c *gateway.Call) bool { return c.Request.Header.Get("X-Tenant-Id") != "" })},
	{Name: "routed-by-header", Summary: "An open path serves the one that X-Original-URL names, for whoever a token names.", Plant: fault.Each(routeByHeader)},
	{Name: "compressed-body-unchecked", Summary: "Revocation is not checked if the body is said to be compressed.", Plant: fault.Unchecked(compressed)},
}

func fromInside(c *gateway.Call) bool {
	return slices.ContainsFunc([]string{"X-Forwarded-For", "X-Real-Ip"}, func(name string) bool { return c.Request.Header.Get(name) == "127.0.0.1" })
}

func ordersFromInside(c *gateway.Call) bool { return fault.OrdersRoute(c) && fromInside(c) }

func wantsXML(c *gateway.Call) bool { return c.Request.Header.Get("Accept") == "application/xml" }

func compressed(c *gateway.Call) bool { return c.Request.Header.Get("Content-Encoding") == "gzip" }

func malformedMedia(c *gateway.Call) bool {
	_, _, err := mime.ParseMediaType(c.Request.Header.Get("Content-Type"))
	return err != nil && c.Request.Header.Get("Content-Type") != ""
}

func keepAnswers(p *gateway.Process) {
	var kept sync.Map
	check := p.Check
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		key := c.Request.Header.Get("Idempotency-Key")
		if key == "" || c.Request.Method != http.MethodPost {
			return check(ctx, c)
		}
		if _, known := kept.Load(c.Token.Subject + key); known {
			return nil
		}
		err := check(ctx, c)
		if err == nil {
			kept.Store(c.Token.Subject+key, true)
		}
		return err
	}
}

func routeByHeader(p *gateway.Process) {
	p.Open = func(_ string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			c, err := p.Identify(r)
			if path := r.Header.Get("X-Original-URL"); path != "" && err == nil {
				r.URL.Path = path
				p.Forward(w, r, c)
				return
			}
			h(w, r)
		}
	}
}
