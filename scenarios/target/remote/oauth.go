package remote

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// tokenEndpoint gets tokens by OAuth 2.0. Each call asks anew: nothing is
// kept from one to the next.
func tokenEndpoint(c scenarios.Contract, transport *http.Transport) wire.Source {
	o, timeout := *c.Login.OAuth, c.Limits.Timeout
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	return func(ctx context.Context, u scenarios.User) (wire.Granted, error) {
		seen := &lastAnswer{next: transport}
		client := &http.Client{Transport: seen, Timeout: timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		t, err := grant(context.WithValue(ctx, oauth2.HTTPClient, client), o, u)
		if err != nil {
			return wire.Granted{}, seen.explain(err)
		}
		return wire.Granted{Token: t.AccessToken, Answer: seen.body}, nil
	}
}

// issuerTransport makes transports to the token endpoint, which trust what ca says;
// the gateway's own certificates are of no account there.
func issuerTransport(f *targetfile.File, ca string) func() *http.Transport {
	roots := authorities(f, "login.oauth.ca", ca)
	return func() *http.Transport {
		t := http.DefaultTransport.(*http.Transport).Clone()
		if roots != nil {
			t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
		}
		return t
	}
}

func grant(ctx context.Context, o scenarios.OAuth, u scenarios.User) (*oauth2.Token, error) {
	more := url.Values{}
	for k, v := range o.Parameters {
		more.Set(k, v)
	}
	if o.Audience != "" {
		more.Set("audience", o.Audience)
	}
	style := oauth2.AuthStyleInParams
	if o.ClientAuth == "basic" {
		style = oauth2.AuthStyleInHeader
	}
	var scope []string
	if o.Scope != "" {
		scope = []string{o.Scope}
	}
	if o.Grant == contract.GrantClient {
		c := clientcredentials.Config{ClientID: u.Name, ClientSecret: u.Password, TokenURL: o.TokenURL, Scopes: scope, EndpointParams: more, AuthStyle: style}
		return c.Token(ctx)
	}
	return byPassword(ctx, o, u, style, scope, more)
}

// byPassword asks with the user's password. The library's method for that
// takes no parameters of one's own; its sibling takes any, the grant type too.
func byPassword(ctx context.Context, o scenarios.OAuth, u scenarios.User, style oauth2.AuthStyle, scope []string, more url.Values) (*oauth2.Token, error) {
	more.Set("grant_type", "password")
	more.Set("username", u.Name)
	more.Set("password", u.Password)
	c := clientcredentials.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, TokenURL: o.TokenURL, Scopes: scope, EndpointParams: more, AuthStyle: style}
	return c.Token(ctx)
}

// lastAnswer remembers what answer came: the library's errors quote answers, which
// may hold secrets, and its tokens have not all that an answer has.
type lastAnswer struct {
	next   http.RoundTripper
	status int
	kind   string
	body   []byte
}

// maxAnswer bounds how much of an answer is read, in bytes.
const maxAnswer = 1 << 20

// RoundTrip passes the request on.
func (l *lastAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.next.RoundTrip(r)
	if err != nil {
		return res, err
	}
	l.status, l.kind = res.StatusCode, res.Header.Get("Content-Type")
	l.body, err = io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(l.body))
	return res, nil
}

// explain says why there is no token, in words that hold nothing of what was
// sent.
func (l *lastAnswer) explain(err error) error {
	var refused *oauth2.RetrieveError
	var lookup *net.DNSError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &lookup):
		return errors.New("there is no such host; look at login.oauth.token_url")
	case errors.As(err, &authority):
		return errors.New("the token endpoint's certificate is signed by an authority that is not trusted here; set login.oauth.ca")
	case l.status == 0:
		return fmt.Errorf("the token endpoint gave no answer: %s; look at login.oauth.token_url", innermost(err))
	case errors.As(err, &refused) && refused.ErrorCode != "":
		return fmt.Errorf("the token endpoint answered %d, %s", l.status, denied(refused))
	}
	return fmt.Errorf("the token endpoint answered %d with %s and no access_token; look at login.oauth.token_url", l.status, kindOf(l.kind))
}
