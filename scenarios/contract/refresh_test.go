package contract

import (
	"slices"
	"testing"
)

// TestARefreshNeedsTheAnswerOfALogin: which any way of obtaining tokens has but
// tokens that were given.
func TestARefreshNeedsTheAnswerOfALogin(t *testing.T) {
	byOAuth := Login{OAuth: &OAuth{Grant: GrantPassword, TokenURL: "https://issuer/token", ClientID: "shop"}}
	byCommand := Login{Command: []string{"./token"}, Token: "$.token"}
	for name, c := range map[string]struct {
		login   Login
		tokens  []string
		refresh Refresh
		wrong   string // key; "" if nothing is
	}{
		"the token endpoint":      {byOAuth, nil, Refresh{}, ""},
		"another URL":             {byOAuth, nil, Refresh{URL: "https://issuer/refresh"}, ""},
		"the gateway":             {byOAuth, nil, Refresh{Path: "/refresh"}, ""},
		"nowhere":                 {byOAuth, nil, Refresh{With: WithAccessToken}, "refresh.path"},
		"a cookie of nobody":      {byOAuth, nil, Refresh{Cookie: "rt"}, "refresh.cookie"},
		"what a command prints":   {byCommand, nil, Refresh{Path: "/refresh"}, ""},
		"a command, and nowhere":  {byCommand, nil, Refresh{}, "refresh.path"},
		"tokens that were given":  {Login{}, []string{"a.b.c"}, Refresh{Path: "/refresh"}, "refresh"},
		"a client of login.oauth": {byOAuth, nil, Refresh{ClientAuth: "basic"}, ""},
		"a client of nobody":      {byCommand, nil, Refresh{Path: "/refresh", ClientAuth: "basic"}, "refresh.client_auth"},
	} {
		contract := Contract{Users: []User{{Name: "alice", Tokens: c.tokens}}, Login: c.login, Refresh: &c.refresh}
		var p problems
		contract.checkRefresh(&p)
		if c.wrong == "" && len(p) > 0 || c.wrong != "" && !slices.ContainsFunc(p, func(p Problem) bool { return p.Key == c.wrong }) {
			t.Errorf("%s: %v; a problem of %q is wanted", name, p, c.wrong)
		}
	}
}

func TestARefreshAtTheTokenEndpointShowsTheClientOfTheLogin(t *testing.T) {
	c := Contract{
		Users:   []User{{Name: "alice"}, {Name: "bob", ClientID: "own", ClientSecret: "s2"}},
		Login:   Login{OAuth: &OAuth{Grant: GrantPassword, TokenURL: "https://issuer/token?v=2", ClientID: "shop", ClientSecret: "s1"}},
		Refresh: &Refresh{Fields: map[string]string{"scope": "a"}},
	}.WithDefaults()
	r := c.Refresh
	if r.Path != "/token?v=2" || r.ClientAuth != "body" || r.Fields["grant_type"] != "refresh_token" || r.Fields["scope"] != "a" {
		t.Errorf("%+v", r)
	}
	for i, want := range []string{"shop s1", "own s2"} {
		if id, secret := c.ClientOf(c.Users[i]); id+" "+secret != want {
			t.Errorf("user %d: %s %s", i, id, secret)
		}
	}
}
