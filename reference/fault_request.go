package reference

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"sync"
)

var requestFaults = []fault{
	{Name: "inside-header-unchecked", Summary: "Revocation is not checked if a header says that the call comes from the same machine.", plant: unchecked(fromInside)},
	{Name: "inside-header-unchecked-on-second-route", Summary: "Revocation is not checked on /api/orders if a header says that the call comes from the same machine.", plant: unchecked(ordersFromInside)},
	{Name: "answer-kept-by-key", Summary: "The answer to a POST with an Idempotency-Key is kept, and given again without a check to whoever the token names.", plant: each(keepAnswers)},
	{Name: "xml-unchecked", Summary: "Revocation is not checked if an answer in XML is asked for.", plant: unchecked(wantsXML)},
	{Name: "compressed-body-unchecked", Summary: "Revocation is not checked if the body is said to be compressed.", plant: unchecked(compressed)},
	{Name: "malformed-media-type-unchecked", Summary: "Revocation is not checked if the Content-Type cannot be parsed.", plant: unchecked(malformedMedia)},
	{Name: "other-tenant-unchecked", Summary: "Revocation is not checked if a header names a tenant.", plant: unchecked(func(c *call) bool { return c.request.Header.Get("X-Tenant-Id") != "" })},
	{Name: "routed-by-header", Summary: "An open path serves the one that X-Original-URL names, for whoever a token names.", plant: each(routeByHeader)},
	{Name: "http10-unchecked", Summary: "Revocation is not checked for requests of HTTP/1.0.", plant: unchecked(oldVersion)},
}

func fromInside(c *call) bool {
	return slices.ContainsFunc([]string{"X-Forwarded-For", "X-Real-Ip"}, func(name string) bool { return c.request.Header.Get(name) == "127.0.0.1" })
}

func ordersFromInside(c *call) bool { return ordersRoute(c) && fromInside(c) }

func wantsXML(c *call) bool { return c.request.Header.Get("Accept") == "application/xml" }

func compressed(c *call) bool { return c.request.Header.Get("Content-Encoding") == "gzip" }

func malformedMedia(c *call) bool {
	_, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type"))
	return err != nil && c.request.Header.Get("Content-Type") != ""
}

func keepAnswers(p *process) {
	var kept sync.Map
	check := p.check
	p.check = func(ctx context.Context, c *call) error {
		key := c.request.Header.Get("Idempotency-Key")
		if key == "" || c.request.Method != http.MethodPost {
			return check(ctx, c)
		}
		if _, known := kept.Load(c.token.Subject + key); known {
			return nil
		}
		err := check(ctx, c)
		if err == nil {
			kept.Store(c.token.Subject+key, true)
		}
		return err
	}
}

func routeByHeader(p *process) {
	p.open = func(_ string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			c, err := p.identify(r)
			if path := r.Header.Get("X-Original-URL"); path != "" && err == nil {
				r.URL.Path = path
				p.forward(w, r, c)
				return
			}
			h(w, r)
		}
	}
}

func oldVersion(c *call) bool { return !c.request.ProtoAtLeast(1, 1) }
