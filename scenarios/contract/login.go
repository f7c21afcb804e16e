package contract

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"time"
)

// Login says how a token is obtained: by a request to the gateway (Path), from an
// OAuth 2.0 token endpoint (OAuth), from a command (Command) or, where the
// users have tokens of their own (User.Tokens), not at all.
type Login struct {
	// OAuth is a token endpoint beside the gateway.
	OAuth *OAuth `yaml:"oauth"`
	// Command is a program and its arguments that prints a token, or a JSON object
	// that has it at Token, such as a token endpoint's answer. It finds the
	// user and the password in REVOCHECK_USER and REVOCHECK_PASSWORD. No shell
	// reads it.
	Command []string `yaml:"command"`
	// CommandTimeout bounds one run of the command; 30 s by default.
	CommandTimeout time.Duration `yaml:"command_timeout"`
	// The other fields are of a login by Path.
	Method string `yaml:"method"` // POST by default
	Path   string `yaml:"path"`
	// Encoding of the request: "json" (the default) or "form".
	Encoding string `yaml:"encoding"`
	// UserField and PasswordField name the fields of the request; "user" and
	// "password" by default.
	UserField     string `yaml:"user_field"`
	PasswordField string `yaml:"password_field"`
	// Fields are sent as they are beside the user and the password, such as a
	// grant type or a scope.
	Fields  map[string]string `yaml:"fields"`
	Headers map[string]string `yaml:"headers"`
	// Token is the JSON path of the token in the answer; $.access_token by
	// default.
	Token string `yaml:"token"`
	// TokenCookie and TokenHeader name a cookie that the answer sets or a header
	// of it that holds the token, instead of Token.
	TokenCookie string `yaml:"token_cookie"`
	TokenHeader string `yaml:"token_header"`
	// Status lists the statuses of a login that succeeded; any 2xx by default.
	Status Statuses `yaml:"status"`
	// LifetimeField names the field in which a lifetime in seconds can be
	// asked for. Without it no lifetime can be asked for.
	LifetimeField string `yaml:"lifetime_field"`
	// MinLifetime and MaxLifetime bound the lifetimes the target grants; 1 s
	// and no bound by default.
	MinLifetime time.Duration `yaml:"min_lifetime"`
	MaxLifetime time.Duration `yaml:"max_lifetime"`
}

// OAuth is a token endpoint (RFC 6749 section 3.2), such as Entra ID's.
type OAuth struct {
	// Grant is "client_credentials" (RFC 6749 section 4.4), in which every user
	// is a client, the name its ID and the password its secret; or "password"
	// (section 4.3).
	Grant string `yaml:"grant"`
	// TokenURL is absolute, such as
	// https://login.microsoftonline.com/TENANT/oauth2/v2.0/token.
	TokenURL string `yaml:"token_url"`
	// ClientID and ClientSecret are of the client that asks with grant
	// "password"; a public client has no secret.
	ClientID     string `yaml:"client_id"`
	ClientSecret string `yaml:"client_secret"`
	// ClientAuth says where the secret travels: "body" (the default) or
	// "basic" (RFC 6749 section 2.3.1).
	ClientAuth string `yaml:"client_auth"`
	// Scope is sent as it is: names with spaces between them.
	Scope string `yaml:"scope"`
	// Audience is sent as "audience"; Entra ID does without it.
	Audience string `yaml:"audience"`
	// Parameters are sent beside these, such as resource.
	Parameters map[string]string `yaml:"parameters"`
	// CA is a file of PEM certificates to trust instead of the system's.
	CA string `yaml:"ca"`
}

// The grants of OAuth.
const (
	GrantClient   = "client_credentials"
	GrantPassword = "password"
)

// LoginWay is one of the ways in which a token is obtained.
type LoginWay string

// The ways in which a token is obtained.
const (
	ByPath    LoginWay = "login.path"
	ByOAuth   LoginWay = "login.oauth"
	ByCommand LoginWay = "login.command"
	ByTokens  LoginWay = "users with tokens"
)

// loginWays are those that the contract names.
func (c Contract) loginWays() []LoginWay {
	var ways []LoginWay
	for _, w := range []struct {
		way   LoginWay
		named bool
	}{
		{ByPath, c.Login.Path != ""}, {ByOAuth, c.Login.OAuth != nil}, {ByCommand, c.Login.Command != nil},
		{ByTokens, slices.ContainsFunc(c.Users, User.given)},
	} {
		if w.named {
			ways = append(ways, w.way)
		}
	}
	return ways
}

func (u User) given() bool { return len(u.Tokens) > 0 || u.TokensFile != "" }

// LoginWay is the one way of a contract without problems.
func (c Contract) LoginWay() LoginWay {
	for _, w := range c.loginWays() {
		return w
	}
	return ByPath
}

// LoginText says how a token is obtained, for a report.
func (c Contract) LoginText() string {
	switch c.LoginWay() {
	case ByOAuth:
		return fmt.Sprintf("POST %s (%s)", WithoutSecrets(c.Login.OAuth.TokenURL), c.Login.OAuth.Grant)
	case ByCommand:
		return "run login.command"
	case ByTokens:
		return "take a given token"
	}
	return c.Login.Method + " " + c.Login.Path
}

// WithoutSecrets is a URL without what may be secret in it.
func WithoutSecrets(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "the token endpoint"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// Bounded is a lifetime that is granted, as near to d as one is.
func (l Login) Bounded(d time.Duration) time.Duration {
	d = max(d, l.MinLifetime)
	if l.MaxLifetime > 0 {
		d = min(d, l.MaxLifetime)
	}
	return d
}

// MayCrowd reports whether a target can be asked many things at once: nothing
// in its target file says that it should be spared.
func (c Contract) MayCrowd() bool { return c.Limits.crowds && c.Limits.Rate == 0 }

// MayLoginOften reports whether a scenario may log in more often than it has
// to: at the gateway itself, and without a limit to its pace.
func (c Contract) MayLoginOften() bool { return c.LoginWay() == ByPath && c.Limits.Rate == 0 }

// Secrets are the values that no report may show.
func (c Contract) Secrets() []string {
	var all []string
	for _, u := range c.Users {
		all = append(append(all, u.Password, u.ClientSecret), u.Tokens...)
	}
	if o := c.Login.OAuth; o != nil {
		all = append(all, o.ClientSecret)
		all = slices.AppendSeq(all, maps.Values(o.Parameters))
	}
	for _, h := range append(c.sessionValues(), c.Headers, c.Login.Headers, c.Logout.Headers, c.Login.Fields) {
		for _, v := range h {
			all = append(all, v)
		}
	}
	if c.Signing != nil {
		all = append(all, c.Signing.Key)
	}
	return append(all, c.Introspect.secrets()...)
}
