package lint_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim/lint"
)

const (
	validate = `<validate-jwt header-name="Authorization" output-token-variable-name="jwt"><openid-config url="{{openid-config-url}}"/></validate-jwt>`
	ownKey   = `counter-key="@("revoked|" + ((Jwt)context.Variables["jwt"]).Issuer + "|" + ((Jwt)context.Variables["jwt"]).Id)"`
	ok204    = `increment-condition="@(context.Response.StatusCode == 204)" increment-count="2"`
	never    = `increment-condition="false"`
	// sentinel is a key that is always there while the cache remembers.
	sentinel = `<cache-lookup-value key="alive" variable-name="alive" caching-type="external"/>
		<choose><when condition="@(!context.Variables.ContainsKey("alive"))"><return-response><set-status code="503"/></return-response></when></choose>`
	refuse = `<return-response><set-status code="401" reason="Unauthorized"/></return-response>`
)

func in(policies string) string {
	return "<policies><inbound><base/>\n" + policies + "\n</inbound></policies>"
}

func around(policies, after string) string {
	return "<policies><inbound><base/>\n" + policies + "\n</inbound><outbound><base/>\n" + after + "\n</outbound></policies>"
}

// phrased are sets of documents. What is to be found on a line stands behind
// it, after a "!"; nothing else is.
var phrased = map[string]struct {
	files   map[string]string
	options lint.Options
}{
	"the header in a variable": {files: map[string]string{
		"api.xml": in(validate + `<set-variable name="who" value="@(context.Request.Headers["Authorization"].First().Trim())"/>
<quota-by-key calls="1" renewal-period="0" counter-key="@((string)context.Variables["who"])" ` + never + `/><!--! raw-header-key raw-token-key -->`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" counter-key="@((string)context.Variables["who"])" ` + ok204 + `/><!--! raw-header-key raw-token-key -->`),
	}},
	"the token through branches": {files: map[string]string{
		"api.xml": in(validate + `<choose><when condition="@(context.Request.Headers.GetValueOrDefault("Authorization","").Contains(" "))">
<set-variable name="t" value="@(context.Request.Headers.GetValueOrDefault("Authorization","").Split(' ').Last())"/></when>
<otherwise><set-variable name="t" value="@(context.Request.Headers.GetValueOrDefault("Authorization",""))"/></otherwise></choose>
<quota-by-key calls="1" renewal-period="0" counter-key="@("r" + context.Variables["t"])" ` + never + `/><!--! raw-header-key raw-token-key -->`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" counter-key="@("r" + context.Variables.GetValueOrDefault<string>("t"))" ` + ok204 + `/><!--! raw-header-key raw-token-key -->`),
	}},
	"an ID that is validated too late": {files: map[string]string{
		"api.xml": in(`<set-variable name="id" value="@(context.Request.Headers.GetValueOrDefault("Authorization","").Split(' ').Last().AsJwt()?.Id ?? "none")"/>
<quota-by-key calls="1" renewal-period="0" counter-key="@((string)context.Variables["id"])" ` + never + `/><!--! limiter-before-validate-jwt empty-key unverified-jwt-key -->
` + validate),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" counter-key="@((string)context.Variables["id"])" ` + ok204 + `/>`),
	}},
	"the subject of anybody's token": {files: map[string]string{
		"global.xml": in(`<choose><when condition="@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt() != null)">
<quota-by-key calls="1" renewal-period="0" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt().Subject)" ` + never + `/><!--! limiter-before-validate-jwt unverified-jwt-key key-of-several-tokens -->
</when></choose>`),
		"logout.xml": in(validate + `<quota-by-key calls="1" renewal-period="0" counter-key="@(((Jwt)context.Variables["jwt"]).Subject)" ` + ok204 + `/><!--! key-of-several-tokens -->`),
	}},
	"unsigned tokens": {files: map[string]string{
		"api.xml": in(strings.Replace(validate, "header-name", `require-signed-tokens="false" header-name`, 1) + `
<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + never + `/><!--! unverified-jwt-key -->`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + ok204 + `/><!--! unverified-jwt-key -->`),
	}},
	"periods that are computed": {options: lint.Options{Tier: lint.Classic}, files: map[string]string{
		"api.xml": in(validate + `
<rate-limit-by-key calls="1" renewal-period="@(5 * 61)" ` + ownKey + ` ` + never + `/><!--! period-over-300 -->`),
		"logout.xml": in(`<set-variable name="window" value="@(60)"/>
<rate-limit-by-key calls="1" renewal-period="@((int)context.Variables["window"])" ` + ownKey + ` ` + ok204 + `/><!--! window-shorter-than-token -->`),
	}},
	"calls that differ by scope": {options: lint.Options{Tier: lint.V2}, files: map[string]string{
		"global.xml": in(validate + `
<rate-limit-by-key calls="@(context.Request.Method == "NEVER" ? 9 : 2)" renewal-period="300" ` + ownKey + ` ` + never + `/>`),
		"logout.xml": in(`<rate-limit-by-key calls="1" renewal-period="300" ` + ownKey + ` ` + ok204 + `/><!--! mixed-parameters -->`),
	}},
	"a cache of no kind": {files: map[string]string{
		"api.xml": in(validate + `<set-variable name="k" value="@("r-" + ((Jwt)context.Variables["jwt"]).Id)"/>
<cache-lookup-value key="@((string)context.Variables["k"])" variable-name="state" default-value="live"/><!--! cache-fails-open cache-volatile -->
<choose><when condition="@((string)context.Variables["state"] == "ended")">` + refuse + `</when></choose>`),
		"logout.xml": around("", `<choose><when condition="@(context.Response.StatusCode == 204)">
<cache-store-value key="@((string)context.Variables["k"])" value="ended" duration="300"/><!--! cache-volatile -->
</when></choose>`),
	}},
	"a logout that is an operation of the API's document": {files: map[string]string{
		"api.xml": in(validate + `
<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + never + `/><!--! logout-not-covered -->
<choose><when condition="@(context.Operation.Id == "sign-out")">
<quota-by-key calls="1" renewal-period="0" counter-key="@("out|" + ((Jwt)context.Variables["jwt"]).Id)" ` + ok204 + `/><!--! check-missing -->
</when></choose>`),
	}},
	"a logout at a path, by DELETE": {files: map[string]string{
		"global.xml": in(validate + `
<rate-limit-by-key calls="1" renewal-period="300" ` + ownKey + ` ` + never + `/>
<choose><when condition="@(context.Request.Method == "DELETE" && context.Request.Url.Path.EndsWith("/session"))">
<rate-limit-by-key calls="1" renewal-period="300" ` + ownKey + ` increment-condition="@(true)" increment-count="@(1)"/><!--! single-increment counts-failed-logout -->
</when></choose>`),
	}},
	"a logout of claims that nobody verified": {files: map[string]string{
		"api.xml": in(validate + sentinel + `<cache-lookup-value key="@(((Jwt)context.Variables["jwt"]).Claims["appid"].First() + ((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("session"))" variable-name="r" caching-type="external"/>
<choose><when condition="@(context.Variables.ContainsKey("r"))">` + refuse + `</when></choose>`),
		"logout.xml": "<policies><inbound><!--! check-bypassed -->\n" + `<set-variable name="t" value="@(context.Request.Headers.GetValueOrDefault("Authorization").Substring("Bearer".Length).TrimStart().AsJwt())"/>
<cache-store-value key="@(((Jwt)context.Variables["t"]).Claims["appid"].First() + ((Jwt)context.Variables["t"]).Claims["session"][0])" value="1" duration="300" caching-type="external"/><!--! limiter-before-validate-jwt unverified-jwt-key -->
<return-response/></inbound></policies>`,
	}},
	"a key for callers without a token": {files: map[string]string{
		"api.xml": in(`<choose><when condition="@(context.Request.Headers.ContainsKey("Authorization"))">` + validate + `</when></choose>
<set-variable name="id" value="@(context.Variables.GetValueOrDefault<Jwt>("jwt")?.Id ?? "")"/>
<quota-by-key calls="1" renewal-period="0" counter-key="@((string)context.Variables["id"])" ` + never + `/><!--! empty-key -->`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" counter-key="@((string)context.Variables["id"])" ` + ok204 + `/><!--! empty-key -->`),
	}},
	"jti in tokens of Entra ID": {files: map[string]string{
		"api.xml": in(strings.Replace(validate, "{{openid-config-url}}", "https://login.microsoftonline.com/contoso/v2.0/.well-known/openid-configuration", 1) + `
<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + never + `/><!--! key-of-several-tokens -->`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + ok204 + `/><!--! key-of-several-tokens -->`),
	}},
	"a limiter that no sample reaches": {options: lint.Options{Tier: lint.Consumption}, files: map[string]string{
		"global.xml": in(`<choose><when condition="@(context.Request.Headers.GetValueOrDefault("X-Never","") == "x")">
<rate-limit-by-key calls="1" renewal-period="301" counter-key="k"/><!--! consumption-tier period-over-300 -->
</when></choose>`),
	}},
	"no revocation at all": {files: map[string]string{
		"api.xml":    in(`<set-header name="X"><value>1</value></set-header>` + "\n" + validate + `<!--! logout-not-covered -->`),
		"logout.xml": `<policies><inbound><base/></inbound></policies><!--! logout-not-covered -->`,
	}},
	"sound: by operation": {files: map[string]string{
		"global.xml": in(`<choose><when condition="@(context.Operation.Name != "login")">` + validate + `
<rate-limit-by-key calls="1" renewal-period="300" ` + ownKey + ` increment-condition="@(context.Operation.Name == "logout" && context.Response.StatusCode == 204)" increment-count="2"/>
</when></choose>`),
	}},
	"sound: a logout that the gateway answers": {files: map[string]string{
		"global.xml": in(sentinel),
		"api.xml": in(validate + `<cache-lookup-value key="@("r" + ((Jwt)context.Variables["jwt"]).Id)" variable-name="r" caching-type="external"/>
<choose><when condition="@(context.Variables.ContainsKey("r"))">` + refuse + `</when></choose>`),
		"logout.xml": in(`<cache-store-value key="@("r" + ((Jwt)context.Variables["jwt"]).Id)" value="@(true)" duration="300" caching-type="external"/>
<return-response><set-status code="204"/></return-response>`),
	}},
	"sound: a logout that the gateway answers and counts": {files: map[string]string{
		"api.xml": in(validate + `<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + never + `/>`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` increment-condition="true" increment-count="2"/>
<return-response><set-status code="204"/></return-response>`),
	}},
	"sound: beside a cache of profiles": {files: map[string]string{
		"api.xml": in(validate + `<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + never + `/>
<cache-lookup-value key="@("profile-" + ((Jwt)context.Variables["jwt"]).Subject)" variable-name="profile"/>
<choose><when condition="@(!context.Variables.ContainsKey("profile"))"><set-variable name="profile" value="@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("name","?"))"/>
<cache-store-value key="@("profile-" + ((Jwt)context.Variables["jwt"]).Subject)" value="@((string)context.Variables["profile"])" duration="60"/></when></choose>
<set-header name="X-Profile"><value>@((string)context.Variables["profile"])</value></set-header>
<cache-lookup-value key="@("page" + context.Request.Url.Path)" variable-name="page"/>
<choose><when condition="@(context.Variables.ContainsKey("page"))"><return-response><set-body>@((string)context.Variables["page"])</set-body></return-response></when></choose>`),
		"logout.xml": in(`<quota-by-key calls="1" renewal-period="0" ` + ownKey + ` ` + ok204 + `/>`),
	}},
	"sound: uti of Entra ID": {files: map[string]string{
		"product.xml": in(`<validate-jwt header-name="Authorization" output-token-variable-name="jwt"><openid-config url="https://login.microsoftonline.com/contoso/v2.0/.well-known/openid-configuration"/></validate-jwt>`),
		"api.xml":     in(`<quota-by-key calls="1" renewal-period="0" counter-key="@("r" + ((Jwt)context.Variables["jwt"]).Claims["uti"][0])" ` + never + `/>`),
		"logout.xml":  in(`<quota-by-key calls="1" renewal-period="0" counter-key="@("r" + ((Jwt)context.Variables["jwt"]).Claims["uti"][0])" ` + ok204 + `/>`),
	}},
	"sound: a time for each user": {files: map[string]string{
		"api.xml": in(validate + sentinel + `<cache-lookup-value key="@("before-" + ((Jwt)context.Variables["jwt"]).Subject)" variable-name="before" caching-type="external"/>
<choose><when condition="@(context.Variables.ContainsKey("before") && ((Jwt)context.Variables["jwt"]).IssuedAt.Value.Ticks <= Convert.ToInt64(context.Variables["before"]))">` + refuse + `</when></choose>`),
		"logout.xml": around("", `<choose><when condition="@(context.Response.StatusCode < 300)">
<cache-store-value key="@("before-" + ((Jwt)context.Variables["jwt"]).Subject)" value="@(DateTime.UtcNow.Ticks)" duration="86400" caching-type="external"/></when></choose>`),
	}},
}

var expectation = regexp.MustCompile(`<!--! ([a-z0-9 -]+) -->`)

func TestHolesAsPeoplePhraseThem(t *testing.T) {
	for name, set := range phrased {
		t.Run(name, func(t *testing.T) {
			var files []lint.File
			want := []string{}
			for file, text := range set.files {
				files = append(files, lint.File{Name: file, Scope: lint.ScopeByName(file), Text: text})
				for i, line := range strings.Split(text, "\n") {
					if m := expectation.FindStringSubmatch(line); m != nil {
						for _, rule := range strings.Fields(m[1]) {
							want = append(want, fmt.Sprintf("%s:%d %s", file, i+1, rule))
						}
					}
				}
			}
			set.options.TokenLifetime = 5 * time.Minute
			findings, err := lint.Lint(files, set.options)
			require.NoError(t, err)
			got := []string{}
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Rule.ID))
			}
			slices.Sort(want) // files come in any order, as on a command line
			slices.Sort(got)
			assert.Equal(t, want, got)
		})
	}
}
