package apim_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/revocheck/revocheck/reference/apim"
)

// lastError is the example of Microsoft's page on error handling.
const lastError = `<on-error>
	<set-header name="ErrorSource"><value>@(context.LastError.Source)</value></set-header>
	<set-header name="ErrorReason"><value>@(context.LastError.Reason)</value></set-header>
	<set-header name="ErrorMessage"><value>@(context.LastError.Message)</value></set-header>
	<set-header name="ErrorScope"><value>@(context.LastError.Scope)</value></set-header>
	<set-header name="ErrorSection"><value>@(context.LastError.Section)</value></set-header>
	<set-header name="ErrorPath"><value>@(context.LastError.Path)</value></set-header>
	<set-header name="ErrorPolicyId"><value>@(context.LastError.PolicyId)</value></set-header>
	<set-header name="ErrorStatusCode"><value>@(context.Response.StatusCode.ToString())</value></set-header>
</on-error>`

func errorHeaders(w *httptest.ResponseRecorder) []string {
	var got []string
	for _, name := range []string{"Source", "Reason", "Message", "Scope", "Section", "Path", "PolicyId", "StatusCode"} {
		got = append(got, w.Header().Get("Error"+name))
	}
	return got
}

// api is a document of the API, which inherits.
func api(inbound string) map[apim.Scope]apim.Document {
	return doc(apim.APIScope("protected"), `<policies><inbound><base/>`+inbound+`</inbound>`+lastError+`</policies>`)
}

func TestLastErrorSaysWhere(t *testing.T) {
	limit := `<rate-limit-by-key id="throttle" calls="1" renewal-period="60" counter-key="k"/>`
	s := newStage(t, api(`<choose><when condition="false"/><when condition="true"><set-variable name="v" value="1"/>`+limit+`</when></choose>`), nil)
	get(s)
	assert.Equal(t, []string{"rate-limit-by-key", "RateLimitExceeded", "Rate limit is exceeded", "api", "inbound",
		"choose/when[2]/rate-limit-by-key", "throttle", "429"}, errorHeaders(get(s)))
	s = newStage(t, api(`<set-variable name="v" value="1"/><set-variable name="v" value="@(1 / (1 - 1))"/>`), nil)
	w := get(s)
	assert.Equal(t, "ExpressionValueEvaluationFailure", w.Header().Get("ErrorReason"))
	assert.Equal(t, "set-variable[2]", w.Header().Get("ErrorPath"))
}

// The cause is what the page lists, whatever the client is told.
func TestLastErrorOfRefusals(t *testing.T) {
	claims := func(extra map[string]any) string {
		all := map[string]any{"exp": newClock().now.Add(time.Hour).Unix(), "aud": "a", "iss": "me", "roles": "r1"}
		for k, v := range extra {
			all[k] = v
		}
		return "Bearer " + hmacToken(t, nil, all)
	}
	validation := `<validate-jwt header-name="Authorization" failed-validation-error-message="Go away">` + key() + `<audiences><audience>a</audience></audiences>
		<issuers><issuer>me</issuer></issuers><required-claims><claim name="roles"><value>r1</value></claim><claim name="scp"/></required-claims></validate-jwt>`
	header := `<check-header name="X-V" failed-check-httpcode="401" failed-check-error-message="Go away" ignore-case="false"><value>1</value></check-header>`
	for name, tt := range map[string]struct{ policy, header, reason, message string }{
		"no token":     {validation, "", "TokenNotPresent", "JWT not present."},
		"no JWT":       {validation, "Bearer x", "JwtInvalid", "IDX12741: JWT must have three segments (JWS) or five segments (JWE)."},
		"expired":      {validation, claims(map[string]any{"exp": 1767225600}), "TokenExpired", "IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '01/01/2026 00:00:00', Current time (UTC): '01/01/2026 12:00:00'.. Access denied."},
		"audience":     {validation, claims(map[string]any{"aud": "b"}), "TokenAudienceNotAllowed", "IDX10214: Audience validation failed. Access denied."},
		"issuer":       {validation, claims(map[string]any{"iss": "you"}), "TokenIssuerNotAllowed", "IDX10205: Issuer validation failed. Access denied."},
		"claim":        {validation, claims(nil), "TokenClaimNotFound", "JWT token is missing the following claims: scp. Access denied."},
		"claim value":  {validation, claims(map[string]any{"roles": "r2"}), "TokenClaimValueNotAllowed", "Claim roles value of r2 is not allowed. Access denied."},
		"no header":    {header, "", "HeaderNotFound", "Header X-V was not found in the request. Access denied."},
		"header value": {`<set-header name="X-V"><value>2</value></set-header>` + header, "", "HeaderValueNotAllowed", "Header X-V value of 2 is not allowed. Access denied."},
	} {
		w := newStage(t, api(tt.policy), nil).send(0, "GET", "/api/hello", tt.header)
		assert.Equal(t, []string{tt.reason, tt.message}, errorHeaders(w)[1:3], name)
		assert.Equal(t, `{ "statusCode": 401, "message": "Go away" }`, w.Body.String(), name)
	}
}

// The built-in steps come before inbound, and their errors go to on-error.
func TestOnErrorSeesBuiltInSteps(t *testing.T) {
	documents := doc(apim.Global, `<policies><inbound><set-variable name="ran" value="1"/></inbound><backend><forward-request/></backend><outbound/>
		<on-error><set-status code="299"/><set-header name="X-Ran"><value>@(context.Variables.ContainsKey("ran").ToString())</value></set-header>
		<set-header name="X-Subscribed"><value>@((context.Subscription != null).ToString())</value></set-header>
		<set-header name="X-Reason"><value>@(context.LastError.Source + " " + context.LastError.Reason)</value></set-header></on-error></policies>`)
	s := newStage(t, documents, func(o *apim.Options) { o.SubscriptionKey = "secret" })
	for path, reason := range map[string]string{
		"/api/hello":                       "authorization SubscriptionKeyNotFound",
		"/api/hello?subscription-key=no":   "authorization SubscriptionKeyInvalid",
		"/nowhere?subscription-key=secret": "configuration OperationNotFound",
	} {
		w := s.send(0, "GET", path, "")
		assert.Equal(t, 299, w.Code, path)
		assert.Equal(t, reason, w.Header().Get("X-Reason"))
		assert.Equal(t, "False", w.Header().Get("X-Ran"))
		assert.Equal(t, "False", w.Header().Get("X-Subscribed"))
	}
	assert.Zero(t, s.issuer.hits)
}
