package wire

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// maxAnswer bounds how much of an answer is read.
const maxAnswer = 1 << 20

// Pace keeps requests apart. Everything that a run sends waits for it first.
type Pace interface{ Wait(context.Context) error }

// Network sends requests to an instance of a target. It may be used by several
// goroutines at once.
type Network struct {
	contract  contract.Contract
	endpoints func() []string
	transport func() *http.Transport
	limit     Pace // nil for none; shared by all scenarios of a run
	mu        sync.Mutex
	clients   map[lane]*http.Client
	issuer    func() *http.Transport // nil for transport
}

// lane is what requests have to share to share connections.
type lane struct {
	via    Via
	issuer bool // to the token endpoint of login.oauth
}

// NewNetwork makes a network to the endpoints that a function gives at each
// request. A nil transport makes default ones; a nil limit sets no pace.
func NewNetwork(c contract.Contract, endpoints func() []string, transport func() *http.Transport, limit Pace) *Network {
	if transport == nil {
		transport = func() *http.Transport { return http.DefaultTransport.(*http.Transport).Clone() }
	}
	return &Network{contract: c, endpoints: endpoints, transport: transport, limit: limit, clients: map[lane]*http.Client{}}
}

// WithIssuer has requests to the token endpoint of login.oauth sent by transports of
// their own, which trust what its certificates need; nil changes nothing.
func (n *Network) WithIssuer(transport func() *http.Transport) *Network {
	n.issuer = transport
	return n
}

// laneOf is the one of a request.
func (n *Network) laneOf(r Request) lane {
	o := n.contract.Login.OAuth
	return lane{r.Via, n.issuer != nil && o != nil && r.Base != "" && r.Base == contract.BaseOf(o.TokenURL)}
}

// Wait waits for the network's pace. Send does so by itself.
func (n *Network) Wait(ctx context.Context) error {
	if n.limit == nil {
		return nil
	}
	return n.limit.Wait(ctx)
}

// Transport makes a transport that trusts what the target's certificates need.
func (n *Network) Transport() *http.Transport { return n.transport() }

// Send sends a request and gives its answer, or an Answer with an error. What
// is wanted makes no difference to it: it is for who plans.
func (n *Network) Send(ctx context.Context, r Request, _ Outcome) Answer {
	if err := n.Wait(ctx); err != nil {
		return Answer{Err: err}
	}
	timeout := n.contract.Limits.Timeout
	if r.Timeout > 0 {
		timeout = r.Timeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := n.Build(ctx, r)
	if err != nil {
		return Answer{Err: err}
	}
	return exchange(n.client(n.laneOf(r)), req)
}

// Build makes the request that Send would send.
func (n *Network) Build(ctx context.Context, r Request) (*http.Request, error) {
	base := r.Base
	if all := n.endpoints(); base == "" && r.Replica < len(all) {
		base = all[r.Replica]
	}
	if base == "" {
		return nil, fmt.Errorf("the target has no replica %d", r.Replica+1)
	}
	u, err := r.url(base)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, u.Scheme+"://"+u.Host+"/", strings.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	req.URL = u
	if r.Absolute {
		u.Opaque = "//" + u.Host + u.EscapedPath()
	}
	switch {
	case r.Body == "":
		req.Body, req.ContentLength, req.GetBody = http.NoBody, 0, nil
	case r.Chunked:
		req.ContentLength = -1
	}
	n.addHeaders(req, r)
	return req, nil
}

func (n *Network) addHeaders(req *http.Request, r Request) {
	if !r.Elsewhere {
		for k, v := range n.contract.Headers {
			req.Header.Set(k, v)
		}
	}
	for k, vs := range r.Header {
		if !r.AsWritten {
			k = http.CanonicalHeaderKey(k)
		}
		req.Header[k] = vs
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	if r.ContentType != "" {
		req.Header.Set("Content-Type", r.ContentType)
	}
	for _, c := range r.Cookies {
		// net/http drops what it finds unfit for a cookie; a token is not.
		req.Header.Set("Cookie", joinCookie(req.Header.Get("Cookie"), c))
	}
}

func joinCookie(have string, c *http.Cookie) string {
	if have != "" {
		have += "; "
	}
	return have + c.Name + "=" + c.Value
}

func exchange(client *http.Client, req *http.Request) Answer {
	a := Answer{Sent: time.Now()}
	res, err := client.Do(req)
	a.Received = time.Now()
	if err != nil {
		a.Err = err
		return a
	}
	defer func() { _ = res.Body.Close() }()
	a.Status, a.Header, a.Proto = res.StatusCode, res.Header, res.Proto
	if a.Status == http.StatusSwitchingProtocols {
		return a // what follows is no body, and may have no end
	}
	// A body that breaks off leaves the status, which is what is judged.
	a.Body, _ = io.ReadAll(io.LimitReader(decoded(res), maxAnswer))
	return a
}

// decoded is a body as it was before a server compressed it, which one may that
// is not told what is accepted (RFC 9110 section 12.5.3).
func decoded(res *http.Response) io.Reader {
	if !strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") {
		return res.Body
	}
	plain, err := gzip.NewReader(res.Body)
	if err != nil { // an empty one, such as that of HEAD
		return res.Body
	}
	return plain
}

// client gives the client for a connection; those for SameConnection and
// SecondConnection keep theirs alive.
func (n *Network) client(l lane) *http.Client {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c := n.clients[l]; c != nil {
		return c
	}
	t := n.newTransport(l)
	if l.via == HTTP10 {
		speakHTTP10(t)
	}
	c := &http.Client{Transport: t, CheckRedirect: noRedirect}
	n.clients[l] = c
	return c
}

func (n *Network) newTransport(l lane) *http.Transport {
	to, via := n.transport, l.via
	if l.issuer {
		to = n.issuer
	}
	t := to()
	t.DisableCompression = true
	t.ExpectContinueTimeout = 0 // a body is sent with its headers: many servers never ask for it
	t.MaxIdleConnsPerHost = 256
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(via != HTTP2)
	t.Protocols.SetHTTP2(via == HTTP2)
	t.Protocols.SetUnencryptedHTTP2(via == HTTP2)
	t.DisableKeepAlives = via == NewConnection || via == HTTP10
	return t
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Close ends the connections that are idle.
func (n *Network) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.clients {
		c.CloseIdleConnections()
	}
}
