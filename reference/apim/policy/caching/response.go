package caching

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

// responseLookup is cache-lookup: an answer from the cache ends the pipeline.
type responseLookup struct {
	caching                caching
	private                policy.Value
	bySubscription, byUser bool
	headers, parameters    []policy.Value
}

// LoadResponseLookup loads cache-lookup.
func LoadResponseLookup(e *policy.Element) policy.Policy {
	p := &responseLookup{
		caching: loadCaching(e), private: e.Boolean("allow-private-response-caching", false),
		byUser: e.OneOf("vary-by-developer", "false", "true") == "true", bySubscription: e.OneOf("vary-by-developer-groups", "false", "true") == "true",
	}
	e.OneOf("downstream-caching-type", "none", "private", "public")
	e.Boolean("must-revalidate", true)
	for _, n := range e.Children {
		child := e.Child(n)
		switch n.Name {
		case "vary-by-header":
			p.headers = append(p.headers, child.Content())
		case "vary-by-query-parameter":
			p.parameters = append(p.parameters, child.Content())
		default:
			child.Fail(policy.CodeUnsupported, "<cache-lookup> holds vary-by-header and vary-by-query-parameter")
		}
		child.Done()
	}
	return p
}

// Run leaves out what is documented not to be cached: other methods than GET,
// and requests with an Authorization header, unless it is told otherwise.
func (p *responseLookup) Run(x *policy.Exchange) error {
	private, err := p.private.Boolean(x)
	if err != nil || x.Request.Method != http.MethodGet || x.Request.Header.Get("Authorization") != "" && !private {
		return err
	}
	if x.CacheKey, err = p.key(x); err != nil {
		return err
	}
	text, found, err := p.caching.in(x).Lookup(x.Request.Context(), x.CacheKey)
	var kept keptResponse
	if err != nil || !found || json.Unmarshal([]byte(text), &kept) != nil {
		return nil // a cache that fails has nothing
	}
	r := policy.NewResponse(kept.Status)
	r.Header, r.Body = kept.Header, kept.Body
	x.SetResponse(r)
	return policy.ErrHalted
}

func (p *responseLookup) key(x *policy.Exchange) (string, error) {
	parts := []string{"response", x.Context.Request.OriginalURL.Path}
	for _, v := range p.headers {
		name, err := v.Text(x)
		if err != nil {
			return "", err
		}
		parts = append(parts, name+": "+strings.Join(x.Request.Header.Values(name), ","))
	}
	query := x.Request.URL.Query()
	names := []string{}
	for _, v := range p.parameters {
		name, err := v.Text(x)
		if err != nil {
			return "", err
		}
		names = append(names, strings.Split(name, ";")...)
	}
	if len(p.parameters) == 0 {
		for name := range query {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		parts = append(parts, name+"="+strings.Join(query[name], ","))
	}
	if s := x.Context.Subscription; s != nil && (p.byUser || p.bySubscription) {
		parts = append(parts, s.ID)
	}
	return strings.Join(parts, "\n"), nil
}

// keptResponse is an answer as the cache holds it.
type keptResponse struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

// responseStore is cache-store.
type responseStore struct {
	duration policy.Value
	all      policy.Value
	caching  caching
}

// LoadResponseStore loads cache-store.
func LoadResponseStore(e *policy.Element) policy.Policy {
	e.Empty()
	e.Required("duration")
	return &responseStore{e.Integer("duration", 0), e.Boolean("cache-response", false), loadCaching(e)}
}

func (p *responseStore) Run(x *policy.Exchange) error {
	seconds, err := p.duration.Integer(x)
	if err != nil {
		return err
	}
	all, err := p.all.Boolean(x)
	if err != nil || x.CacheKey == "" || seconds < 1 || x.Response.StatusCode != http.StatusOK && !all {
		return err
	}
	text, err := json.Marshal(keptResponse{x.Response.StatusCode, x.Response.Header, x.Response.Body})
	if err == nil {
		// The documentation says that cache operations raise no error.
		_ = p.caching.in(x).Store(x.Request.Context(), x.CacheKey, string(text), time.Duration(seconds)*time.Second)
	}
	return nil
}
