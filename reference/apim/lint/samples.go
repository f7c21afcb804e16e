package lint

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// sampleTime is when the sample requests are made. Any instant does.
var sampleTime = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// sample is a request in one spelling. The zero authorization is none.
type sample struct {
	authorization string
	forged        bool // a validate-jwt refuses it
}

// The samples: one token as its issuer wrote it, in other spellings, under
// another signature; none; an unsigned one that names the same claims; another
// token of the same user, and one of another user.
type samples struct {
	plain, lowerScheme, twoSpaces, otherSignature, absent, forged, next, stranger sample
}

// newSamples makes tokens of a lifetime, with the named claims. The claim that
// tells them apart is jti, or uti, which Entra ID has in its place.
func newSamples(lifetime time.Duration, id string, named []string) samples {
	signed := encode(`{"alg":"ES256","typ":"JWT","kid":"k1"}`) + "."
	token := func(user, jti string, age time.Duration) string {
		claims := map[string]any{"sub": user, "oid": user, id: jti}
		for _, name := range named {
			if _, known := claims[name]; !known && name != "jti" {
				claims[name] = user
			}
		}
		if slices.Contains(named, "uti") {
			claims["uti"] = jti
		}
		return signed + payload(claims, age, lifetime)
	}
	plain, signature := token("alice", "id-1", 0), "."+encode(strings.Repeat("s", 64))
	unsigned := encode(`{"alg":"none","typ":"JWT"}`) + "." + strings.TrimPrefix(plain, signed) + "."
	return samples{
		plain:          sample{authorization: "Bearer " + plain + signature},
		lowerScheme:    sample{authorization: "bearer " + plain + signature},
		twoSpaces:      sample{authorization: "Bearer  " + plain + signature},
		otherSignature: sample{authorization: "Bearer " + plain + "." + encode(strings.Repeat("t", 64))},
		forged:         sample{authorization: "Bearer " + unsigned, forged: true},
		next:           sample{authorization: "Bearer " + token("alice", "id-2", time.Second) + signature},
		stranger:       sample{authorization: "Bearer " + token("bob", "id-3", 2*time.Second) + signature},
	}
}

// payload is that of a token which was issued some time ago.
func payload(claims map[string]any, age, lifetime time.Duration) string {
	issued := sampleTime.Add(-age)
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
	if s.authorization != "" {
		header.Set("Authorization", s.authorization)
	}
	return &expr.Context{
		Request: &expr.Request{
			Header: header, Method: e.method, URL: u, OriginalURL: u, IPAddress: "192.0.2.1", Matched: map[string]string{},
		},
		Response:     &expr.Response{StatusCode: status, Header: http.Header{}},
		Variables:    map[string]any{},
		Subscription: &expr.Subscription{Key: "key", ID: "subscription"},
		API:          &expr.Named{ID: e.api, Name: e.api}, Operation: &expr.Named{ID: e.operation, Name: e.operation},
		Product: &expr.Named{ID: e.product, Name: e.product}, Region: "region",
		RequestID: "00000000-0000-0000-0000-000000000000", Timestamp: sampleTime,
		Now: func() time.Time { return sampleTime },
	}
}
