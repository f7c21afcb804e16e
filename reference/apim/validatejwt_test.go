package apim_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
)

var secret = []byte("0123456789abcdef0123456789abcdef")

func hmacToken(t *testing.T, header, claims map[string]any) string {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(claims))
	for k, v := range header {
		token.Header[k] = v
	}
	signed, err := token.SignedString(secret)
	require.NoError(t, err)
	return signed
}

func key() string {
	return `<issuer-signing-keys><key id="k1">` + base64.StdEncoding.EncodeToString(secret) + `</key></issuer-signing-keys>`
}

// validated is a service that validates with the attributes and children.
func validated(t *testing.T, attributes, children string) *stage {
	return newStage(t, inbound(`<validate-jwt header-name="Authorization" `+attributes+`>`+key()+children+`</validate-jwt>`), nil)
}

func TestValidateJwt(t *testing.T) {
	clock := newClock()
	in := func(d time.Duration) int64 { return clock.now.Add(d).Unix() }
	good := map[string]any{"exp": in(time.Hour), "aud": []string{"a", "b"}, "iss": "me", "scp": "read write", "roles": []string{"r1"}}
	with := func(name string, v any) map[string]any {
		out := map[string]any{}
		for k, old := range good {
			out[k] = old
		}
		out[name] = v
		if v == nil {
			delete(out, name)
		}
		return out
	}
	bearer := func(claims map[string]any) string { return "Bearer " + hmacToken(t, nil, claims) }
	list := func(outer, inner, v string) string {
		return "<" + outer + "><" + inner + ">" + v + "</" + inner + "></" + outer + ">"
	}
	tests := map[string]struct {
		attributes, children, header string
		want                         int
	}{
		"valid":                   {"", "", bearer(good), 200},
		"no token":                {"", "", "", 401},
		"expired":                 {"", "", bearer(with("exp", in(-time.Second))), 401},
		"at its expiry":           {"", "", bearer(with("exp", in(0))), 401},
		"expired within the skew": {`clock-skew="60"`, "", bearer(with("exp", in(-time.Second))), 200},
		"not yet valid":           {"", "", bearer(with("nbf", in(time.Minute))), 401},
		"no expiry":               {"", "", bearer(with("exp", nil)), 401},
		"no expiry needed":        {`require-expiration-time="false"`, "", bearer(with("exp", nil)), 200},
		"scheme any case":         {`require-scheme="Bearer"`, "", "bEARER " + hmacToken(t, nil, good), 200},
		"scheme missing":          {`require-scheme="Bearer"`, "", hmacToken(t, nil, good), 401},
		"scheme wrong":            {`require-scheme="Bearer"`, "", "Basic " + hmacToken(t, nil, good), 401},
		"scheme free":             {"", "", "Whatever " + hmacToken(t, nil, good), 200},
		"unsigned":                {"", "", "Bearer " + forged(hmacToken(t, nil, good)), 401},
		"unsigned allowed":        {`require-signed-tokens="false"`, "", "Bearer " + forged(hmacToken(t, nil, good)), 200},
		"other kid":               {"", "", "Bearer " + hmacToken(t, map[string]any{"kid": "k2"}, good), 401},
		"own kid":                 {"", "", "Bearer " + hmacToken(t, map[string]any{"kid": "k1"}, good), 200},
		"padding":                 {"", "", bearer(good) + "=", 401},
		"twice":                   {"", "", bearer(good) + "," + bearer(good), 401},
		"audience":                {"", list("audiences", "audience", "b"), bearer(good), 200},
		"other audience":          {"", list("audiences", "audience", "c"), bearer(good), 401},
		"issuer":                  {"", list("issuers", "issuer", "me"), bearer(good), 200},
		"other issuer":            {"", list("issuers", "issuer", "you"), bearer(good), 401},
		"claim there":             {"", `<required-claims><claim name="roles"/></required-claims>`, bearer(good), 200},
		"claim missing":           {"", `<required-claims><claim name="none"/></required-claims>`, bearer(good), 401},
		"claim, all":              {"", `<required-claims><claim name="scp" separator=" "><value>read</value><value>write</value></claim></required-claims>`, bearer(good), 200},
		"claim, not all":          {"", `<required-claims><claim name="scp" separator=" "><value>read</value><value>admin</value></claim></required-claims>`, bearer(good), 401},
		"claim, any":              {"", `<required-claims><claim name="scp" match="any" separator=" "><value>read</value><value>admin</value></claim></required-claims>`, bearer(good), 200},
		"configured status":       {`failed-validation-httpcode="403"`, "", "", 403},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tt.want, validated(t, tt.attributes, tt.children).send(0, "GET", "/api/x", tt.header).Code)
		})
	}
}

func TestValidateJwtBodies(t *testing.T) {
	s := validated(t, "", "")
	assert.Equal(t, `{ "statusCode": 401, "message": "JWT not present." }`, get(s).Body.String())
	assert.Equal(t, `{ "statusCode": 401, "message": "Invalid JWT." }`, s.send(0, "GET", "/api/x", "Bearer x").Body.String())
	s = validated(t, `failed-validation-error-message="Go away"`, "")
	assert.Equal(t, `{ "statusCode": 401, "message": "Go away" }`, get(s).Body.String())
}

func TestValidateJwtElsewhere(t *testing.T) {
	token := hmacToken(t, nil, map[string]any{"exp": newClock().now.Add(time.Hour).Unix(), "sub": "alice"})
	s := newStage(t, inbound(`<validate-jwt query-parameter-name="t" output-token-variable-name="jwt">`+key()+`</validate-jwt>
		<return-response><set-body>@(((Jwt)context.Variables["jwt"]).Subject)</set-body></return-response>`), nil)
	assert.Equal(t, "alice", s.send(0, "GET", "/api/x?t="+token, "").Body.String())
	s = newStage(t, inbound(`<validate-jwt token-value="@(context.Request.Headers.GetValueOrDefault("Authorization","").Replace("X-",""))">`+key()+`</validate-jwt>`), nil)
	assert.Equal(t, 200, s.send(0, "GET", "/api/x", "X-"+token).Code)
}

// metadata counts what is fetched, and can fail.
type metadata struct {
	http.RoundTripper
	fetched int
	down    bool
}

func (m *metadata) RoundTrip(r *http.Request) (*http.Response, error) {
	m.fetched++
	if m.down {
		return nil, errors.New("down")
	}
	return m.RoundTripper.RoundTrip(r)
}

// Documented: refreshed every hour, and for an unknown kid at most every five
// minutes.
func TestOpenIDConfigurationIsCached(t *testing.T) {
	m := &metadata{}
	s := newStage(t, apim.Recipe(), func(o *apim.Options) {
		m.RoundTripper = o.OpenID.Transport
		o.OpenID = &http.Client{Transport: m}
	})
	const both = 2 // the configuration and the key set
	require.Equal(t, 200, s.call(s.login()))
	require.Equal(t, 200, s.call(s.login()))
	assert.Equal(t, both, m.fetched)
	unknown := hmacToken(t, map[string]any{"kid": "new"}, map[string]any{"exp": s.clock.now.Add(lifetime).Unix()})
	assert.Equal(t, 401, s.call(unknown))
	assert.Equal(t, both, m.fetched)
	s.clock.advance(5 * time.Minute)
	assert.Equal(t, 401, s.call(unknown))
	assert.Equal(t, 401, s.call(unknown))
	assert.Equal(t, 2*both, m.fetched)
	s.clock.advance(time.Hour)
	m.down = true
	assert.Equal(t, 200, s.call(s.login()), "an old key set is better than none")
	s = newStage(t, apim.Recipe(), func(o *apim.Options) { o.OpenID = &http.Client{Transport: m} })
	assert.Equal(t, 500, s.call(s.login()))
}

func TestLocalKeysRefusesWhatIsNoKey(t *testing.T) {
	_, err := token.LocalKeys("i", map[string]any{"k": 7})
	assert.ErrorContains(t, err, `"k"`)
}
