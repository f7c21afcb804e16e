package remote

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/url"
	"strings"
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
		t, err := grant(asking(ctx, client), o, u)
		if err != nil {
			return wire.Granted{}, otherAuth(ctx, o, u, client, seen.explain(err, o))
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

// asking has the library use a client.
func asking(ctx context.Context, client *http.Client) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, client)
}

// otherAuth tries the secret in the other place where a client was denied: that an
// endpoint takes it there proves which line is wrong.
func otherAuth(ctx context.Context, o scenarios.OAuth, u scenarios.User, client *http.Client, denied error) error {
	var e *wire.SourceError
	if !errors.As(denied, &e) || !strings.Contains(e.Seen, invalidClient) || o.ClientSecret == "" && o.Grant != contract.GrantClient {
		return denied
	}
	other := "basic"
	if o.ClientAuth == other {
		other = "body"
	}
	o.ClientAuth = other
	if _, err := grant(asking(ctx, client), o, u); err != nil {
		return denied
	}
	return &wire.SourceError{Key: "login.oauth.client_auth", Seen: e.Seen + ", and takes the secret elsewhere", Fix: "write client_auth: " + other}
}
