package lint

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// sampleTime is when the sample requests are made. Any instant does.
var sampleTime = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// sample is a request in one spelling. The zero authorization is none.
type sample struct {
	authorization string
	headers       []string // that hold it
	forged        bool     // a validation refuses it
	later         time.Duration
}

// spelling is the token in another spelling, and the rule of a key that
// follows it.
type spelling struct {
	sample sample
	rule   Rule
	how    string
}

// The samples: one token as its issuer wrote it, in other spellings; none; an
// unsigned one that names the same claims; another token of the same user, of
// a login after the logout, and one of another user.
type samples struct {
	plain, absent, forged, next, stranger sample
	spellings                             []spelling
}

// ofOneLogin are claims that differ from login to login. jti is left to the
// issuer: Entra ID has none.
var ofOneLogin = regexp.MustCompile(`(?i)^(uti|sid|nonce|aio|.*session.*|.*token.?id)$`)

// newSamples makes tokens of a lifetime, with the named claims. The claim that
// tells them apart is jti, or uti, which Entra ID has in its place.
func newSamples(lifetime time.Duration, id string, named, headers []string) samples {
	signed := encode(`{"alg":"ES256","typ":"JWT","kid":"k1"}`) + "."
	token := func(user, jti string, later time.Duration) string {
		claims := map[string]any{"sub": user, "oid": user, id: jti}
		for _, name := range named {
			if _, known := claims[name]; !known && name != "jti" {
				claims[name] = user
			}
			if ofOneLogin.MatchString(name) {
				claims[name] = jti
			}
		}
		return signed + payload(claims, later, lifetime)
	}
	plain, signature := token("alice", "id-1", 0), "."+encode(strings.Repeat("s", 64))
	unsigned := encode(`{"alg":"none","typ":"JWT"}`) + "." + strings.TrimPrefix(plain, signed) + "."
	with := func(authorization string) sample { return sample{authorization: authorization, headers: headers} }
	all := samples{plain: with("Bearer " + plain + signature), absent: sample{}, forged: with("Bearer " + unsigned)}
	all.forged.forged = true
	all.next, all.stranger = with("Bearer "+token("alice", "id-2", time.Minute)+signature), with("Bearer "+token("bob", "id-3", 2*time.Minute)+signature)
	all.next.later, all.stranger.later = time.Minute, 2*time.Minute
	whole := plain + signature
	all.spellings = []spelling{
		{with("bearer " + whole), RawHeader, "\"bearer TOKEN\", and not \"Bearer TOKEN\","},
		{with("Bearer  " + whole), RawHeader, "a second space behind the scheme"},
		{with("Bearer \t" + whole), RawHeader, "a tab before the token"},
		{with("Bearer\t " + whole), RawHeader, "a tab behind the scheme"},
		{with("Bearer " + plain + "." + encode(strings.Repeat("t", 64))), RawToken, "another spelling of the signature"},
	}
	return all
}

// payload is that of a token which was issued some time later than the first.
func payload(claims map[string]any, later, lifetime time.Duration) string {
	issued := sampleTime.Add(later)
	claims["iss"], claims["aud"] = "https://issuer.example", "api"
	claims["iat"], claims["nbf"], claims["exp"] = issued.Unix(), issued.Unix(), issued.Add(lifetime).Unix()
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err) // strings and numbers only
	}
	return encode(string(text))
}

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// context is what expressions see of the sample, with a response of the status
// that the backend gave.
func (s sample) context(e environment, status int) *expr.Context {
	u := &url.URL{Scheme: "https", Host: "gateway.example", Path: e.path}
	header := http.Header{}
	for _, name := range s.headers {
		header.Set(name, s.authorization)
	}
	if name, value, ok := strings.Cut(e.header, ": "); ok {
		header.Set(name, value)
	}
	if name, value, ok := strings.Cut(e.query, ": "); ok {
		u.RawQuery = url.Values{name: {value}}.Encode()
	}
	return &expr.Context{
		Request: &expr.Request{
			Header: header, Method: e.method, URL: u, OriginalURL: u, IPAddress: "192.0.2.1", Matched: map[string]string{},
		},
		Response:     &expr.Response{StatusCode: status, Header: http.Header{}},
		Variables:    map[string]any{},
		Subscription: &expr.Subscription{Key: "key", ID: "subscription"},
		User:         &expr.User{ID: "user", Email: "user@example.com"},
		API:          &expr.Named{ID: e.api, Name: e.api}, Operation: &expr.Named{ID: e.operation, Name: e.operation, Method: e.method, Path: e.path},
		Product: &expr.Named{ID: e.product, Name: e.product}, Region: "region",
		RequestID: "00000000-0000-0000-0000-000000000000", Timestamp: sampleTime.Add(s.later),
		Now: func() time.Time { return sampleTime.Add(s.later) },
	}
}
