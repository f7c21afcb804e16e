package lint

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
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
// another signature; none; and an unsigned one that names the same claims.
type samples struct {
	plain, lowerScheme, twoSpaces, otherSignature, absent, forged sample
}

func newSamples(lifetime time.Duration) samples {
	body := encode(fmt.Sprintf(`{"iss":"https://issuer.example","sub":"alice","jti":"id-1","aud":"api","iat":%d,"nbf":%[1]d,"exp":%d}`,
		sampleTime.Unix(), sampleTime.Add(lifetime).Unix()))
	signed := encode(`{"alg":"ES256","typ":"JWT","kid":"k1"}`) + "." + body
	unsigned := encode(`{"alg":"none","typ":"JWT"}`) + "." + body + "."
	token := signed + "." + encode(strings.Repeat("s", 64))
	return samples{
		plain:          sample{authorization: "Bearer " + token},
		lowerScheme:    sample{authorization: "bearer " + token},
		twoSpaces:      sample{authorization: "Bearer  " + token},
		otherSignature: sample{authorization: "Bearer " + signed + "." + encode(strings.Repeat("t", 64))},
		forged:         sample{authorization: "Bearer " + unsigned, forged: true},
	}
}

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// context is what expressions see of the sample, with a response of the status
// that the backend gave.
func (s sample) context(status int) *expr.Context {
	u := &url.URL{Scheme: "https", Host: "gateway.example", Path: "/path"}
	header := http.Header{}
	if s.authorization != "" {
		header.Set("Authorization", s.authorization)
	}
	return &expr.Context{
		Request: &expr.Request{
			Header: header, Method: http.MethodPost, URL: u, OriginalURL: u, IPAddress: "192.0.2.1", Matched: map[string]string{},
		},
		Response:     &expr.Response{StatusCode: status, Header: http.Header{}},
		Variables:    map[string]any{},
		Subscription: &expr.Subscription{Key: "key", ID: "subscription"},
		API:          &expr.Named{ID: "api", Name: "api"}, Operation: &expr.Named{ID: "operation", Name: "operation"},
		Product: &expr.Named{ID: "product", Name: "product"}, Region: "region",
		RequestID: "00000000-0000-0000-0000-000000000000", Timestamp: sampleTime,
		Now: func() time.Time { return sampleTime },
	}
}
