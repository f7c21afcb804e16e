package apim

import (
	"crypto/subtle"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// SubscriptionHeader carries the subscription key.
const SubscriptionHeader = "Ocp-Apim-Subscription-Key"

const subscriptionQuery = "subscription-key"

// Gateway returns the gateway of one region, counted from 0.
func (s *Service) Gateway(region int) http.Handler {
	if region < 0 || region >= s.options.Regions {
		panic(fmt.Sprintf("apim: there is no region %d among %d", region, s.options.Regions))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(region, w, r) })
}

// serve refuses what APIM refuses before any Inbound policy runs: no operation,
// then no subscription. The on-error section sees these built-in steps too.
func (s *Service) serve(region int, w http.ResponseWriter, r *http.Request) {
	x := s.newExchange(region, r)
	if found, parameters := s.route(r); found == nil {
		x.Fail(policy.NotFound(), s.unmatched)
	} else {
		describe(x, found.operation, parameters)
		s.admit(x, r, found.pipeline)
	}
	x.Write(w)
}

func (s *Service) admit(x *policy.Exchange, r *http.Request, p *policy.Pipeline) {
	if f := s.subscription(r); f != nil {
		x.Fail(f, p)
		return
	}
	s.subscribed(x)
	x.Run(p)
}

func (s *Service) route(r *http.Request) (*route, map[string]string) {
	for _, candidate := range s.routes {
		if parameters, ok := candidate.match(r); ok {
			return candidate, parameters
		}
	}
	return nil, nil
}

// subscription checks the key, in the header or else in the query.
func (s *Service) subscription(r *http.Request) *policy.Fault {
	want := s.options.SubscriptionKey
	got := r.Header.Get(SubscriptionHeader)
	if got == "" {
		got = r.URL.Query().Get(subscriptionQuery)
	}
	switch {
	case want == "" || subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1:
		return nil
	case got == "":
		return keyRefused(r, "SubscriptionKeyNotFound", "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.")
	}
	return keyRefused(r, "SubscriptionKeyInvalid", "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.")
}

func keyRefused(r *http.Request, reason, message string) *policy.Fault {
	challenge := fmt.Sprintf("AzureApiManagementKey realm=%q,name=%q,type=\"header\"", "https://"+r.Host+"/", SubscriptionHeader)
	return &policy.Fault{
		Status: http.StatusUnauthorized, Body: message, Header: http.Header{"Www-Authenticate": {challenge}},
		LastError: expr.LastError{Source: "authorization", Reason: reason, Message: message},
	}
}

func (s *Service) newExchange(region int, r *http.Request) *policy.Exchange {
	now := s.options.Clock.Now
	original := absolute(r)
	request := r.Clone(r.Context())
	return &policy.Exchange{
		Gateway: &s.gateways[region], Request: request, Always: http.Header{}, Quotas: map[counter.QuotaName]int{}, Section: policy.Inbound,
		Context: &expr.Context{
			Request: &expr.Request{
				Header: request.Header, Method: r.Method, URL: original, OriginalURL: original, IPAddress: address(r),
			},
			Variables: map[string]any{}, Region: fmt.Sprintf("region-%d", region),
			RequestID: uuid.NewString(), Timestamp: now(), Now: now,
		},
	}
}

// describe tells the expressions which operation it is.
func describe(x *policy.Exchange, op Operation, parameters map[string]string) {
	x.Context.Request.Matched = maps.Clone(parameters)
	x.Context.Operation = &expr.Named{ID: op.Name, Name: op.Name}
	x.Context.API = &expr.Named{ID: op.API, Name: op.API}
	if op.Product != "" {
		x.Context.Product = &expr.Named{ID: op.Product, Name: op.Product}
	}
}

// subscribed shows the expressions the subscription whose key was right.
func (s *Service) subscribed(x *policy.Exchange) {
	if key := s.options.SubscriptionKey; key != "" {
		x.Context.Subscription = &expr.Subscription{Key: key, ID: "subscription"}
	}
}

// absolute is the URL as the client wrote it.
func absolute(r *http.Request) *url.URL {
	u := *r.URL
	u.Host, u.Scheme = r.Host, "http"
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return &u
}

func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
