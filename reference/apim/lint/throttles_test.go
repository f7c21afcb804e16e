package lint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// throttles are what people put beside a revocation, or have without one.
var throttles = map[string]string{
	"by address":          `<rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)"/>`,
	"by subject":          `<rate-limit-by-key calls="100" renewal-period="60" counter-key="@(` + jwtOf + `.Subject)"/>`,
	"of successes":        `<rate-limit-by-key calls="100" renewal-period="60" counter-key="@(` + jwtOf + `.Subject)" increment-condition="@(context.Response.StatusCode == 200)"/>`,
	"of failures":         `<rate-limit-by-key calls="5" renewal-period="60" counter-key="@(` + jwtOf + `.Subject)" increment-condition="@(context.Response.StatusCode == 401)"/>`,
	"of a method":         `<rate-limit-by-key calls="5" renewal-period="60" counter-key="@("get|" + ` + jwtOf + `.Subject)" increment-condition="@(context.Request.Method == "GET")"/>`,
	"by header":           `<rate-limit-by-key calls="50" renewal-period="60" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))"/>`,
	"quota":               `<quota-by-key calls="10000" bandwidth="40000" renewal-period="3600" counter-key="@(context.Subscription.Id)"/>`,
	"of the subscription": `<rate-limit calls="20" renewal-period="90" remaining-calls-variable-name="left"/>`,
	"by user":             `<rate-limit-by-key calls="20" renewal-period="90" counter-key="@(context.User?.Id ?? context.Request.IpAddress)"/>`,
	"in a cache": `<cache-lookup-value key="@("last|" + ` + jwtOf + `.Subject)" variable-name="last"/>
		<choose><when condition="@(context.Variables.ContainsKey("last"))"><return-response><set-status code="429"/></return-response></when></choose>
		<cache-store-value key="@("last|" + ` + jwtOf + `.Subject)" value="1" duration="1"/>`,
	"of repeats": `<cache-lookup-value key="@("again|" + context.Request.Headers.GetValueOrDefault("Idempotency-Key",""))" variable-name="again"/>
		<choose><when condition="@(context.Variables.ContainsKey("again"))"><return-response><set-status code="409"/></return-response></when></choose>`,
}

// An ordinary throttle is no finding, wherever it stands.
func TestOrdinaryThrottles(t *testing.T) {
	check, record := validate+quota(idKey, never), validate+quota(idKey, ok204)
	for name, throttle := range throttles {
		assert.Empty(t, judged(t, in(check+throttle), in(record)), name+", beside the check")
		assert.Empty(t, judged(t, in(check), in(record+throttle)), name+", beside the logout")
		assert.Equal(t, []string{"api.xml logout-not-covered"}, judged(t, in(validate+throttle), ""), name+", without a logout")
	}
}

// Elements that are known by name hide nothing and are no finding.
func TestHarmlessElements(t *testing.T) {
	check, record := validate+quota(idKey, never), validate+quota(idKey, ok204)
	for _, element := range []string{
		`<cors allow-credentials="true"><allowed-origins><origin>https://a</origin></allowed-origins></cors>`,
		`<set-backend-service base-url="https://a"/>`, `<trace source="x" severity="information"><message>@(context.RequestId.ToString())</message></trace>`,
		`<send-request mode="new" response-variable-name="r" timeout="5" ignore-error="true"><set-url>https://a</set-url></send-request>` +
			when(`((IResponse)context.Variables["r"]).StatusCode != 200`, refuse),
		`<authentication-managed-identity resource="https://x" output-token-variable-name="own"/>`,
		`<set-body>@{ foreach (var x in new [] {"a"}) { return x; } return ""; }</set-body>`,
	} {
		assert.Empty(t, judged(t, in(element+check), in(element+record)), element)
		assert.Contains(t, judged(t, in(element+quota(`@(context.Request.Headers.GetValueOrDefault("Authorization",""))`, never)), in(record)), "api.xml raw-header-key", element)
	}
}

// What is not understood is a reservation where the revocation needs it.
func TestReservations(t *testing.T) {
	record := in(validate + quota(idKey, ok204))
	assert.Equal(t, []string{"api.xml not-judged"}, judged(t, in(validate+quota(`@(context.Cookies["t"])`, never)), record), "a key")
	assert.Equal(t, []string{"api.xml not-judged"}, judged(t, in(validate+`<set-variable name="k" value="@(context.Cookies["t"])"/>`+quota(`@((string)context.Variables["k"])`, never)), record), "a variable of a key")
	assert.Equal(t, []string{"api.xml not-judged"}, judged(t, in(validate+when(`context.Cookies.Count > 1`, quota(idKey, never))), record), "a condition of a check")
	assert.Equal(t, []string{"api.xml not-judged"}, judged(t, in(`<include-fragment fragment-id="auth"/>`+validate+quota(idKey, never)), record), "a fragment")
	assert.Empty(t, judged(t, in(validate+when(`context.Cookies.Count > 1`, refuse)+quota(idKey, never)), record), "a further refusal takes nothing away")
}
