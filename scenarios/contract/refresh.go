package contract

import (
	"cmp"
	"maps"
	"net/url"
	"strings"
	"time"
)

// Refresh says how a new access token is had without a new login (RFC 6749
// section 6).
type Refresh struct {
	Method string `yaml:"method"` // POST by default
	Path   string `yaml:"path"`
	// URL is absolute, in place of Path, where another server refreshes tokens. With
	// neither, that is the token endpoint of login.oauth.
	URL string `yaml:"url"`
	// With is what buys the new token: the "refresh_token" (the default), the
	// "access_token", which travels as it does with a call, or "both".
	With string `yaml:"with"`
	// Encoding of the request: that of the login by default.
	Encoding string `yaml:"encoding"`
	// TokenField is the field of the request that has the refresh token;
	// refresh_token by default.
	TokenField string `yaml:"token_field"`
	// AccessField is a field that has the access token too; none by default.
	AccessField string `yaml:"access_field"`
	// Cookie is the name of the cookie that has the refresh token, in the answers
	// and in the request, instead of a field.
	Cookie string `yaml:"cookie"`
	// Fields are sent beside it, such as a grant type; at the token endpoint of
	// login.oauth that is refresh_token by default.
	Fields  map[string]string `yaml:"fields"`
	Headers map[string]string `yaml:"headers"`
	// ClientAuth says where the client of the token's user shows who it is: "basic"
	// or "body"; by default it does not, but at the token endpoint of
	// login.oauth as that says.
	ClientAuth string `yaml:"client_auth"`
	// AtLogin is the JSON path of the refresh token in the login's answer;
	// $.refresh_token by default.
	AtLogin string `yaml:"at_login"`
	// Token is the JSON path of the new access token in the answer; where the login's
	// answer has it by default.
	Token string `yaml:"token"`
	// RefreshToken is the JSON path of the next refresh token there; AtLogin by
	// default. An answer without one leaves the old one in force.
	RefreshToken string `yaml:"refresh_token"`
	// SurvivesLogout: a logout ends the access token alone, and the refresh token
	// goes on (RFC 7009 section 2.1 allows that).
	SurvivesLogout bool `yaml:"survives_logout"`
	// Rotates: each refresh gives another refresh token, in place of the one sent.
	Rotates bool `yaml:"rotates"`
	// Reuse is what a refresh token comes to that was used before: it is "refused",
	// or that "ends-family", all that came of the same login. Empty: nothing is
	// claimed.
	Reuse string `yaml:"reuse"`
	// Grace is how long after its use a refresh token may be used again; 0 by
	// default.
	Grace time.Duration `yaml:"grace"`
}

// What buys a new token: Refresh.With.
const (
	WithRefreshToken = "refresh_token"
	WithAccessToken  = "access_token"
	WithBoth         = "both"
)

// What comes of a refresh token that is used again: Refresh.Reuse.
const (
	ReuseRefused    = "refused"
	ReuseEndsFamily = "ends-family"
)

// NoCarrier is a request in which the token does not travel as with a call.
const NoCarrier = "none"

// HasToken reports whether there is a refresh token beside the access token.
func (r Refresh) HasToken() bool { return r.With != WithAccessToken }

// SendsAccess reports whether the access token travels as with a call.
func (r Refresh) SendsAccess() bool { return r.With == WithAccessToken || r.With == WithBoth }

func (r *Refresh) withDefaults(l Login) *Refresh {
	if r == nil {
		return nil
	}
	d := *r
	if d.asksIssuer(l) {
		d = d.atIssuer(*l.OAuth)
	}
	d.Method, d.Path = cmp.Or(d.Method, "POST"), pathOf(d.Path, d.URL)
	d.With, d.Encoding = cmp.Or(d.With, WithRefreshToken), cmp.Or(d.Encoding, l.ownEncoding())
	d.TokenField, d.AtLogin = cmp.Or(d.TokenField, "refresh_token"), cmp.Or(d.AtLogin, "$.refresh_token")
	d.RefreshToken = cmp.Or(d.RefreshToken, d.AtLogin)
	return &d
}

// asksIssuer reports whether the token endpoint of the login refreshes, since
// nothing else is named that does.
func (r Refresh) asksIssuer(l Login) bool {
	return l.OAuth != nil && r.Path+r.URL == "" && r.HasToken()
}

// atIssuer is the refresh as RFC 6749 section 6 has it, at a token endpoint.
func (r Refresh) atIssuer(o OAuth) Refresh {
	fields := map[string]string{"grant_type": "refresh_token"}
	maps.Copy(fields, r.Fields)
	r.URL, r.Fields, r.ClientAuth = o.TokenURL, fields, cmp.Or(r.ClientAuth, o.ClientAuth, "body")
	return r
}

// ownEncoding is the one in which a token is asked for.
func (l Login) ownEncoding() string {
	if l.OAuth != nil {
		return "form"
	}
	return cmp.Or(l.Encoding, "json")
}

// pathOf is the path and query of an absolute URL, or the path if there is none.
func pathOf(path, absolute string) string {
	if u, err := url.Parse(absolute); absolute != "" && err == nil {
		return u.RequestURI()
	}
	return path
}

// BaseOf is the scheme and host of an absolute URL; "" of none.
func BaseOf(absolute string) string {
	u, err := url.Parse(absolute)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// OfLogin reports whether the value of a field is a JSON path into the answer of
// the token's login.
func OfLogin(value string) bool { return strings.HasPrefix(value, "$.") }
