package reference

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Variant is a sound gateway that differs from the default one. A suite that
// accuses it is wrong.
type Variant struct {
	Name    string
	Summary string
	Apply   func(*Config)
}

// Variants lists the sound variants, which Config.Variants names.
func Variants() []Variant { return append([]Variant(nil), variants...) }

// applyVariants gives the configuration with the variants that it names.
func applyVariants(cfg Config) (Config, error) {
	for _, name := range cfg.Variants {
		i := slices.IndexFunc(variants, func(v Variant) bool { return v.Name == name })
		if i < 0 {
			return cfg, fmt.Errorf("unknown variant %q; revocheck list variants shows those that there are", name)
		}
		variants[i].Apply(&cfg)
	}
	return cfg, nil
}

var variants = []Variant{
	{"lenient-base64", "Accepts signatures whose unused last bits are not zero.", func(c *Config) { c.Lenient.Base64 = true }},
	{"lenient-padding", "Accepts '=' after the signature.", func(c *Config) { c.Lenient.Padding = true }},
	{"lenient-header", "Accepts further spaces and tabs, and a header that repeats the same token.", func(c *Config) { c.Lenient.Header = true }},
	{"lenient-query", "Accepts a token in the query.", func(c *Config) { c.Lenient.Query = true }},
	{"lenient-form", "Accepts a token in a form field.", func(c *Config) { c.Lenient.Form = true }},
	{"lenient-cookie", "Accepts a token in a cookie.", func(c *Config) { c.Lenient.Cookie = true }},
	{"lenient-in-all", "Is lenient in all of these ways.", func(c *Config) {
		c.Lenient = Lenient{Base64: true, Padding: true, Header: true, Query: true, Form: true, Cookie: true}
	}},
	{"refuses-with-403", "Refuses tokens with 403.", func(c *Config) { c.RefusalStatus = http.StatusForbidden }},
	{"refuses-with-429", "Refuses tokens with 429.", func(c *Config) { c.RefusalStatus = http.StatusTooManyRequests }},
	{"scope-user", "Ends all sessions of the user at a logout.", func(c *Config) { c.LogoutScope = ScopeUser }},
	{"no-jti", "Issues tokens without jti, and knows them by the text that is signed.", func(c *Config) { c.NoJTI = true }},
	{"second-logout-401", "Refuses a second logout with 401.", func(c *Config) { c.SecondLogoutStatus = http.StatusUnauthorized }},
	{"leeway-2s", "Accepts tokens for 2 s past exp.", func(c *Config) { c.Leeway = 2 * time.Second }},
	{"fixed-lifetime", "Ignores the lifetime that a login asks for.", func(c *Config) { c.IgnoreExpiresIn = true }},
	{"exact-scheme", "Accepts the scheme as Bearer or bearer only.", func(c *Config) { c.ExactScheme = true }},
	{"allows-no-exp", "Accepts tokens without exp.", func(c *Config) { c.AllowNoExp = true }},
	{"unknown-method-404", "Answers 404 to methods other than GET, HEAD and POST.", func(c *Config) { c.UnknownMethodStatus = http.StatusNotFound }},
	{"closes-connections", "Closes the connection after each answer, as behind an HTTP/1.0 proxy.", func(c *Config) { c.CloseConnections = true }},
	{"posture-open", "Serves calls while the store is down, and says so; refuses logouts.", func(c *Config) { c.Posture = PostureOpen }},
	{"propagates-50ms", "Replicas hear of each other's logouts 50 ms late, and a leak window of 50 ms is declared.", func(c *Config) { c.Propagation = 50 * time.Millisecond }},
	{"introspection", "Offers an introspection (RFC 7662).", func(c *Config) { c.Introspection = true }},
	{"introspection-kept-200ms", "Offers an introspection that keeps for 200 ms that a token is active, and says so.", func(c *Config) {
		c.Introspection, c.IntrospectionWindow = true, 200*time.Millisecond
	}},
	{"refresh", "Gives a refresh token, which stays the same, until the logout.", func(c *Config) { c.Sessions.Refresh = true }},
	{"refresh-rotates", "Gives another refresh token at each refresh; the used one may be used again for 2 s.", func(c *Config) {
		c.Sessions.Refresh, c.Sessions.Rotate, c.Sessions.Grace = true, true, 2*time.Second
	}},
	{"refresh-ends-family", "Gives another refresh token at each refresh; a used one ends what came of the same login. Signs out everywhere by POST /logout-all.", func(c *Config) {
		c.Sessions = Sessions{Refresh: true, Rotate: true, EndsFamily: true, LogoutAll: true}
	}},
	{"refresh-survives-logout", "Ends the access token alone at a logout, and says so.", func(c *Config) {
		c.Sessions.Refresh, c.Sessions.SurvivesLogout = true, true
	}},
	{"refresh-by-access-token", "Gives a new token for a live one.", func(c *Config) { c.Sessions.Refresh, c.Sessions.ByAccessToken = true, true }},
	{"refresh-by-form", "Is asked for a refresh by a form, and has the tokens deeper in its answers.", func(c *Config) {
		c.Sessions.Refresh, c.Sessions.Form, c.Sessions.Nested = true, true, true
	}},
	{"refresh-by-cookie", "Has the refresh token in a cookie, another one at each refresh.", func(c *Config) {
		c.Sessions.Refresh, c.Sessions.Cookie, c.Sessions.Rotate = true, true, true
	}},
	{"revokes-refresh-token", "Logs out by POST /revoke with the refresh token and a client's credentials (RFC 7009), and acknowledges everything.", func(c *Config) {
		c.Sessions.Refresh, c.Sessions.Rotate, c.Sessions.Revoke = true, true, true
	}},
	{"streams", "Offers a stream of events, which asks before each whether its token is alive.", func(c *Config) { c.Streams = true }},
	{"streams-end-in-200ms", "Offers a stream that asks every 200 ms, and says so.", func(c *Config) { c.Streams, c.StreamWindow = true, 200*time.Millisecond }},
	{"streams-fall-silent", "Offers a stream that stays open for a while with comments when its token is dead.", func(c *Config) { c.Streams, c.StreamComments = true, 40 }},
	{"streams-in-batches", "Offers a stream that comes four events at a time, as through a proxy.", func(c *Config) { c.Streams, c.StreamBatch = true, 4 }},
	{"volatile-store-marked", "Has a store that a restart empties, and then refuses every token of before.", func(c *Config) { c.Volatile, c.MarkStore = true, true }},
}
