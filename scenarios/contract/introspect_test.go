package contract

import (
	"slices"
	"strings"
	"testing"
)

// TestWhatContradictsItselfIsNamed with its key, of introspections and streams.
func TestWhatContradictsItselfIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Contract)
		key    string
	}{
		"neither path nor url":   {func(c *Contract) { c.Introspect = &Introspect{} }, "introspect"},
		"path and url":           {func(c *Contract) { c.Introspect = &Introspect{Path: "/i", URL: "https://h/i"} }, "introspect"},
		"a path without a slash": {func(c *Contract) { c.Introspect = &Introspect{Path: "i"} }, "introspect.path"},
		"a url without a host":   {func(c *Contract) { c.Introspect = &Introspect{URL: "/i"} }, "introspect.url"},
		"a client and a bearer":  {func(c *Contract) { c.Introspect = &Introspect{Path: "/i", ClientID: "c", Bearer: "b"} }, "introspect.bearer"},
		"a secret of nobody":     {func(c *Contract) { c.Introspect = &Introspect{Path: "/i", ClientSecret: "s"} }, "introspect.client_id"},
		"a way for nobody":       {func(c *Contract) { c.Introspect = &Introspect{Path: "/i", ClientAuth: "body"} }, "introspect.client_auth"},
		"a header twice": {func(c *Contract) {
			c.Introspect = &Introspect{Path: "/i", Bearer: "b", Headers: map[string]string{"authorization": "x"}}
		}, "introspect.headers.authorization"},
		"the token's field twice": {func(c *Contract) {
			c.Introspect = &Introspect{Path: "/i", Fields: map[string]string{"token": "x"}}
		}, "introspect.fields.token"},
		"a window of no stream": {func(c *Contract) { c.Routes[0].StreamWindow = 1 }, "routes[0].stream_window"},
		"nothing but a stream":  {func(c *Contract) { c.Routes[0].Stream = true }, "routes"},
		"whom a stream names": {func(c *Contract) {
			c.Routes = append(c.Routes, Route{Path: "/e", Stream: true, Identity: "$.sub"})
		}, "routes[1].identity"},
		"an open stream": {func(c *Contract) { c.OpenRoutes = []Route{{Path: "/e", Stream: true}} }, "open_routes[0].stream"},
	} {
		t.Run(name, func(t *testing.T) {
			right := Contract{
				Endpoints: []string{"http://g"}, Users: []User{{Name: "alice", Password: "p"}},
				Login: Login{Path: "/login"}, Logout: Logout{Path: "/logout"}, Routes: []Route{{Path: "/a"}},
			}
			if p := right.Problems(); len(p) > 0 {
				t.Fatal(p)
			}
			c.change(&right)
			p := right.Problems()
			if len(p) != 1 || p[0].Key != c.key {
				t.Errorf("%v; a problem of %s is wanted", p, c.key)
			}
		})
	}
}

// TestSecretsOfAnIntrospectionAreSecret, and words that everybody uses are not.
func TestSecretsOfAnIntrospectionAreSecret(t *testing.T) {
	c := Contract{Introspect: &Introspect{
		ClientSecret: "s1", Bearer: "s2", Headers: map[string]string{"X-Key": "s3"},
		Fields: map[string]string{"key": "s4", "token_type_hint": "access_token"},
	}}
	got := c.Secrets()
	for _, s := range []string{"s1", "s2", "s3", "s4"} {
		if !slices.Contains(got, s) {
			t.Errorf("%s is not kept secret", s)
		}
	}
	if strings.Contains(strings.Join(got, " "), "access_token") {
		t.Error("the hint at the kind of token is kept secret")
	}
}

// TestStreamsKnowTheirPlace in the target file, also when the defaults are filled in
// twice.
func TestStreamsKnowTheirPlace(t *testing.T) {
	c := Contract{Routes: []Route{{Path: "/events", Stream: true}, {Path: "/a"}, {Path: "/lines", Stream: true}}}
	c = c.WithDefaults().WithDefaults()
	if len(c.Routes) != 1 || len(c.Streams) != 2 {
		t.Fatalf("%d routes and %d streams", len(c.Routes), len(c.Streams))
	}
	for want, got := range map[string]string{"routes[0]": c.Streams[0].Key(0), "routes[1]": c.Routes[0].Key(0), "routes[2]": c.Streams[1].Key(1)} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}
