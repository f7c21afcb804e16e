package contract

import (
	"cmp"
	"net/url"
	"strings"
	"time"
)

// Contract is what a target says of itself: where it is, how a token is
// obtained, carried and ended, and how it refuses. A target file is a Contract in YAML;
// a test of an http.Handler fills one in Go. The zero value of every field
// but Login, Logout and Routes has the default that its comment gives.
type Contract struct {
	// Name of the target, as reports show it.
	Name string `yaml:"name"`
	// Endpoints are base URLs, one for each replica of the same gateway.
	Endpoints []string `yaml:"endpoints"`
	// Headers are sent with every request, such as a subscription key. Their
	// values are treated as secrets.
	Headers map[string]string `yaml:"headers"`
	TLS     TLS               `yaml:"tls"`
	// Users who can log in. The first is the one most scenarios use; a second
	// one makes the scenarios possible that need two.
	Users  []User `yaml:"users"`
	Login  Login  `yaml:"login"`
	Logout Logout `yaml:"logout"`
	// Refresh is how a new token is had without a new login; nil if there is no way.
	Refresh *Refresh `yaml:"refresh"`
	// RevokeAll ends every session of a user; nil if nothing does.
	RevokeAll *RevokeAll `yaml:"revoke_all"`
	// Introspect is the target's introspection endpoint; nil if it has none.
	Introspect *Introspect `yaml:"introspect"`
	Routes     []Route     `yaml:"routes"`
	// Streams are the routes whose answers go on, which WithDefaults takes out of
	// Routes: other calls wait for the end of an answer.
	Streams []Route
	// OpenRoutes answer everyone, with or without a token.
	OpenRoutes []Route `yaml:"open_routes"`
	// Carrier is where a token travels; an Authorization: Bearer header by
	// default.
	Carrier Carrier `yaml:"carrier"`
	Refusal Refusal `yaml:"refusal"`
	// Outage lists the statuses that mean that the target cannot reach its
	// store; 503 by default.
	Outage Statuses `yaml:"outage"`
	// Leeway is how long after exp the target still accepts a token.
	Leeway time.Duration `yaml:"leeway"`
	// LeakWindow is the longest time after an acknowledged logout for which
	// another replica may still accept the token. With one endpoint it holds for
	// that endpoint: any replica may answer there. 0 by default.
	LeakWindow time.Duration `yaml:"leak_window"`
	// Posture is what the target does when its store is away: "closed" (the
	// default: it refuses or answers an outage status) or "open".
	Posture string `yaml:"posture"`
	// Survives lists what can happen to the store without an acknowledged
	// logout being lost: "restart", "failover", "eviction". None by default.
	Survives []Event     `yaml:"survives"`
	Hits     *HitCounter `yaml:"hits"`
	// Backend is the base URL of what the gateway protects, when it can be
	// called around the gateway.
	Backend string   `yaml:"backend"`
	Signing *Signing `yaml:"signing"`
	Limits  Limits   `yaml:"limits"`
}

// TLS says how the target proves who it is, and how the suite does.
type TLS struct {
	// CA is a file of PEM certificates to trust instead of the system's.
	CA string `yaml:"ca"`
	// ServerName is the name to verify instead of the endpoint's host.
	ServerName string `yaml:"server_name"`
	// Cert and Key are PEM files of the suite's own certificate, with those between
	// it and its authority, and of its private key: for a target that asks for one.
	Cert string `yaml:"cert"`
	Key  string `yaml:"key"`
}

// User can log in to the target.
type User struct {
	Name     string `yaml:"name"`
	Password string `yaml:"password"`
	// Identity is what a protected route answers for this user; the name by
	// default.
	Identity string `yaml:"identity"`
	// Tokens of this user that were obtained beforehand, and TokensFile is a file
	// with one a line. Each is used once. With them there is no login.
	Tokens     []string `yaml:"tokens"`
	TokensFile string   `yaml:"tokens_file"`
	// ClientID and ClientSecret are of the client that the user's tokens were
	// issued to, where a logout or a refresh has to show it (client_auth). With
	// grant client_credentials they are the name and the password, and with grant
	// password those of login.oauth.
	ClientID     string `yaml:"client_id"`
	ClientSecret string `yaml:"client_secret"`
}

// Scope is what a logout ends.
type Scope string

// The scopes of a logout.
const (
	ScopeToken Scope = "token" // the token that was sent
	ScopeUser  Scope = "user"  // every session of the token's user
)

// Logout says how a token is ended.
type Logout struct {
	Method string `yaml:"method"` // POST by default
	Path   string `yaml:"path"`
	// URL is absolute, in place of Path, where another server ends tokens.
	URL         string            `yaml:"url"`
	Headers     map[string]string `yaml:"headers"`
	Body        string            `yaml:"body"`
	ContentType string            `yaml:"content_type"`
	// Fields are added to the body. A value that begins with "$." is a JSON path
	// into the answer of the token's login, such as $.refresh_token.
	Fields map[string]string `yaml:"fields"`
	// Carrier is "none" where the token does not travel as it does with a call.
	Carrier string `yaml:"carrier"`
	// ClientAuth says where the client of the token's user shows who it is: "basic"
	// or "body" (RFC 6749 section 2.3.1); by default it does not.
	ClientAuth string `yaml:"client_auth"`
	// TokenField names a field of the body that carries the token as well, as
	// RFC 7009 section 2.1 has it ("token").
	TokenField string `yaml:"token_field"`
	// Encoding of a body with TokenField or Fields: "form" (the default, unless Body
	// is JSON) or "json".
	Encoding string `yaml:"encoding"`
	// Success lists the statuses that acknowledge a logout; any 2xx by default.
	Success Statuses `yaml:"success"`
	// Scope is "token" (the default) or "user".
	Scope Scope `yaml:"scope"`
	// CutOff is the granularity of a cut-off in time: a login within this time
	// after a logout of the same user may yet be ended by it. 0 by default.
	CutOff time.Duration `yaml:"cut_off_granularity"`
}

// Route is one operation of the target.
type Route struct {
	Method      string            `yaml:"method"` // GET by default
	Path        string            `yaml:"path"`
	Headers     map[string]string `yaml:"headers"`
	Body        string            `yaml:"body"`
	ContentType string            `yaml:"content_type"`
	// Accepted lists the statuses of an accepted call; any 2xx by default.
	Accepted Statuses `yaml:"accepted"`
	// Identity is the JSON path of the caller's identity in the answer. With
	// it, an answer for somebody else is told from a good one.
	Identity string `yaml:"identity"`
	// Stream: the answer goes on, with one event after the other (server-sent
	// events, lines or chunks). StreamWindow is how long after a logout it may do
	// so yet; 0 by default.
	Stream       bool          `yaml:"stream"`
	StreamWindow time.Duration `yaml:"stream_window"`
	// place among the routes of the target file, from 1; 0 if it is not known.
	place int
}

// String is the route as a person writes it.
func (r Route) String() string { return cmp.Or(r.Method, "GET") + " " + r.Path }

// Carrier says where a token travels.
type Carrier struct {
	// In is "header" (the default), "query" or "cookie".
	In string `yaml:"in"`
	// Name of the header, query parameter or cookie; "Authorization" for a
	// header and "access_token" otherwise.
	Name string `yaml:"name"`
	// Scheme before the token in a header; "Bearer" by default, "none" for no
	// scheme.
	Scheme string `yaml:"scheme"`
}

// Bearer reports whether tokens travel as RFC 6750 section 2.1 has it.
func (c Carrier) Bearer() bool {
	return c.In == "header" && strings.EqualFold(c.Name, "Authorization") && strings.EqualFold(c.Scheme, "Bearer")
}

// Refusal says how the target refuses a token.
type Refusal struct {
	// Statuses of a refusal; 401 by default. Only these count as one.
	Statuses Statuses `yaml:"statuses"`
}

// HitCounter is a URL that tells how many calls reached the backend.
type HitCounter struct {
	URL   string `yaml:"url"`   // absolute, or a path at the first endpoint
	Count string `yaml:"count"` // JSON path of the number; $.hits by default
}

// Split parts the URL into its base, "" if it is at the first endpoint, and
// the rest.
func (h HitCounter) Split() (base, rest string) {
	u, err := url.Parse(h.URL)
	if err != nil || u.Host == "" {
		return "", h.URL
	}
	return u.Scheme + "://" + u.Host, u.RequestURI()
}

// Signing lets the suite sign tokens as the target's issuer would, for the
// scenarios that need a token which no login grants.
type Signing struct {
	Alg string `yaml:"alg"`
	// Key is a secret for HS256, HS384 and HS512; KeyFile is a file with a PEM
	// private key for the others.
	Key     string `yaml:"key"`
	KeyFile string `yaml:"key_file"`
	// KeyID is the kid of the tokens that are signed (RFC 7515 section 4.1.4),
	// for a target that picks its keys by it. None by default.
	KeyID string `yaml:"kid"`
}

// Limits bound what the suite does to a target.
type Limits struct {
	// Rate in requests a second over the whole run; no limit when 0.
	Rate float64 `yaml:"rate"`
	// Replays is the largest number of replays of one token in a row, and of
	// any sample; 0 means what the scenario asks for.
	Replays int `yaml:"replays"`
	// Timeout of one request; 10 s by default.
	Timeout time.Duration `yaml:"timeout"`
	// MaxWait bounds the waiting of one scenario; the --max-wait flag by
	// default.
	MaxWait time.Duration `yaml:"max_wait"`
	// Parallel is how many scenarios may be under way at once; 8 by default.
	Parallel int `yaml:"parallel"`
	// crowds: no Parallel was set.
	crowds bool
}

// Value is what the carrier holds for a token.
func (c Carrier) Value(token string) string {
	if c.In != "header" || strings.EqualFold(c.Scheme, "none") {
		return token
	}
	return c.Scheme + " " + token
}
