package wire_test

import (
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// gatewayWith is a contract with a login that gives a refresh token, and a session
// of it.
func gatewayWith(change func(*contract.Contract)) (contract.Contract, wire.Session) {
	c := contract.Contract{
		Users:   []contract.User{{Name: "alice", ClientID: "shop", ClientSecret: "s e"}},
		Refresh: &contract.Refresh{Path: "/token", Fields: map[string]string{"grant_type": "refresh_token"}},
		Logout:  contract.Logout{Path: "/logout", Fields: map[string]string{"t": "$.refresh_token", "more": "$.data.id", "none": "$.absent"}},
	}
	change(&c)
	c = c.WithDefaults()
	h := http.Header{"Set-Cookie": {"rt=r-0; Path=/auth; HttpOnly"}}
	a := wire.Answer{Status: 200, Header: h, Body: []byte(`{"access_token":"a.b.c","refresh_token":"r-0","data":{"id":7}}`)}
	return c, wire.SessionIn(c, c.Users[0], "a.b.c", a)
}

func TestALogoutSendsWhatTheLoginGave(t *testing.T) {
	for name, tt := range map[string]struct {
		change     func(*contract.Contract)
		body, auth string
	}{
		"form":                {func(*contract.Contract) {}, "more=7&t=r-0", "Bearer a.b.c"},
		"json":                {func(c *contract.Contract) { c.Logout.Encoding = "json" }, `{"more":"7","t":"r-0"}`, "Bearer a.b.c"},
		"beside a JSON body":  {func(c *contract.Contract) { c.Logout.Body = ` {"all":false}` }, `{"all":false,"more":"7","t":"r-0"}`, "Bearer a.b.c"},
		"beside a form":       {func(c *contract.Contract) { c.Logout.Body = "all=no" }, "all=no&more=7&t=r-0", "Bearer a.b.c"},
		"and the token":       {func(c *contract.Contract) { c.Logout.Body, c.Logout.TokenField = "all=no", "token" }, "all=no&more=7&t=r-0&token=a.b.c", "Bearer a.b.c"},
		"without the token":   {func(c *contract.Contract) { c.Logout.Carrier = contract.NoCarrier }, "more=7&t=r-0", ""},
		"a client, basic":     {func(c *contract.Contract) { c.Logout.ClientAuth = "basic" }, "more=7&t=r-0", "Basic c2hvcDpzK2U="},
		"a client, in fields": {func(c *contract.Contract) { c.Logout.ClientAuth, c.Logout.Carrier = "body", contract.NoCarrier }, "client_id=shop&client_secret=s+e&more=7&t=r-0", ""},
	} {
		c, s := gatewayWith(tt.change)
		req := wire.LogoutOf(c, s)
		if got := req.Header.Get("Authorization"); req.Body != tt.body || got != tt.auth {
			t.Errorf("%s: body %s, Authorization %q", name, req.Body, got)
		}
	}
}

func TestALogoutOfNobodyNamesNobody(t *testing.T) {
	c, _ := gatewayWith(func(*contract.Contract) {})
	if req := wire.LogoutOf(c, wire.Session{}); req.Body != "" || req.Header.Get("Authorization") != "" {
		t.Errorf("%+v", req)
	}
}

// A browser sends a cookie to the paths that it was set for.
func TestTheCookieOfARefreshTokenGoesWhereABrowserSendsIt(t *testing.T) {
	for path, want := range map[string]int{"/auth/logout": 1, "/auth": 1, "/authority": 0, "/logout": 0} {
		c, s := gatewayWith(func(c *contract.Contract) {
			c.Refresh, c.Logout = &contract.Refresh{Path: "/auth/refresh", Cookie: "rt"}, contract.Logout{Path: path}
		})
		if got := len(wire.LogoutOf(c, s).Cookies); got != want {
			t.Errorf("%s: %d cookies", path, got)
		}
		if req := wire.RefreshOf(c, s); len(req.Cookies) != 1 || req.Cookies[0].Value != "r-0" || req.Body != "" {
			t.Errorf("refresh: %+v", req)
		}
	}
}

func TestARefreshSendsTheTokenInForce(t *testing.T) {
	c, s := gatewayWith(func(c *contract.Contract) { c.Login.Encoding = "form" })
	if req := wire.RefreshOf(c, s); req.Body != "grant_type=refresh_token&refresh_token=r-0" || req.Header.Get("Authorization") != "" {
		t.Errorf("%+v", req)
	}
	kept, why := wire.Renewed(c, s, wire.Answer{Status: 200, Body: []byte(`{"access_token":"d.e.f"}`)})
	next, _ := wire.Renewed(c, kept, wire.Answer{Status: 200, Body: []byte(`{"access_token":"g.h.i","refresh_token":"r-1"}`)})
	if why != "" || kept.Refresh != "r-0" || next.Refresh != "r-1" || next.Raw != "g.h.i" {
		t.Errorf("%q, then %+v, then %+v", why, kept, next)
	}
	if got := wire.LogoutOf(c, next).Body; got != "more=7&t=r-1" {
		t.Errorf("a logout after that sends %s", got)
	}
}

func TestWhatARefreshIsAnswered(t *testing.T) {
	c, s := gatewayWith(func(*contract.Contract) {})
	for want, answers := range map[wire.Outcome][]wire.Answer{
		wire.Accepted:    {{Status: 201, Body: []byte(`{"access_token":"d.e.f"}`)}},
		wire.Refused:     {{Status: 400}, {Status: 401}, {Status: 302}, {Status: 200, Body: []byte(`{"error":"no"}`)}},
		wire.Throttled:   {{Status: 429}, {Status: 413}},
		wire.ServerError: {{Status: 500}},
		wire.NoAnswer:    {{Err: http.ErrHandlerTimeout}},
	} {
		for _, a := range answers {
			if got := wire.RefreshOutcome(c, s, a); got != want {
				t.Errorf("%d: %s, want %s", a.Status, got, want)
			}
		}
	}
}

// The server of another host sees no subscription key.
func TestAnotherHostSeesNoHeadersOfTheTarget(t *testing.T) {
	c, s := gatewayWith(func(c *contract.Contract) {
		c.Headers, c.Logout.Path, c.Logout.URL = map[string]string{"X-Key": "k"}, "", "https://id.example/revoke?a=b"
	})
	n := wire.NewNetwork(c, func() []string { return []string{"http://gateway.invalid"} }, nil, nil)
	req, err := n.Build(t.Context(), wire.LogoutOf(c, s))
	if err != nil {
		t.Fatal(err)
	}
	if req.URL.String() != "https://id.example/revoke?a=b" || req.Header.Get("X-Key") != "" {
		t.Errorf("%s, %v", req.URL, req.Header)
	}
}
