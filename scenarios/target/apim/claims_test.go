package apim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	target "github.com/revocheck/revocheck/scenarios/target/apim"
)

// demanding is a validation as people have it: of their tenant, for their
// audience, with their roles and scopes, and a named value.
const demanding = `<validate-jwt header-name="Authorization" output-token-variable-name="jwt">
	<openid-config url="https://login.microsoftonline.com/contoso/v2.0/.well-known/openid-configuration"/>
	<audiences><audience>25eef6e4-c905-4a07-8eb4-0d08d5df8b3f</audience><audience>{{audience}}</audience></audiences>
	<issuers><issuer>https://login.microsoftonline.com/contoso/v2.0</issuer></issuers>
	<required-claims><claim name="roles" match="all"><value>reader</value><value>writer</value></claim>
	<claim name="scp" match="all" separator=" "><value>orders.read</value><value>orders.write</value></claim><claim name="oid"/><claim name="iat"/></required-claims>
</validate-jwt><quota-by-key calls="1" renewal-period="0" counter-key="@("r|" + ((Jwt)context.Variables["jwt"]).Claims["uti"][0])" increment-condition="`

// TestDocumentsRunAsTheyAre: the emulated issuer gives tokens what the
// documents ask for, so that a verdict is about the revocation.
func TestDocumentsRunAsTheyAre(t *testing.T) {
	with := func(condition string) apim.Document {
		return apim.Document{Name: "p.xml", XML: "<policies><inbound><base/>" + demanding + condition + `"/></inbound></policies>`}
	}
	o := target.Options{Regions: 1, NamedValues: map[string]string{"audience": "api://orders"}, Policies: map[apim.Scope]apim.Document{
		apim.APIScope("protected"): with("false"), apim.OperationScope("logout"): with("@(context.Response.StatusCode == 204)"),
	}}
	require.Empty(t, failing(t, play(t, o, "lifecycle", "replay/after-logout", "forgery/wrong-audience")))
	o.NamedValues = nil
	_, err := target.New(o)
	require.ErrorContains(t, err, "the named value audience is not given")
}

// TestUnfinished: whether a logout that return-response answers is counted.
func TestUnfinished(t *testing.T) {
	counted := `<rate-limit-by-key calls="1" renewal-period="300" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))" increment-condition="`
	o := target.Options{Regions: 1, Policies: map[apim.Scope]apim.Document{
		apim.APIScope("protected"):    {Name: "api.xml", XML: "<policies><inbound><base/>" + counted + `false"/></inbound></policies>`},
		apim.OperationScope("logout"): {Name: "logout.xml", XML: "<policies><inbound><base/>" + counted + `@(true)"/><return-response><set-status code="204"/></return-response></inbound></policies>`},
	}}
	require.Equal(t, []string{"lifecycle/logout-ends-token", "replay/after-logout"}, failing(t, play(t, o, "replay/after-logout")))
	o.CountUnfinished = true
	require.Empty(t, failing(t, play(t, o, "replay/after-logout")))
}
