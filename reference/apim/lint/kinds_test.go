package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim/lint"
)

const (
	jwtOf      = `((Jwt)context.Variables["jwt"])`
	idKey      = `@("revoked|" + ` + jwtOf + `.Issuer + "|" + ` + jwtOf + `.Id)`
	untilExp   = `@((int)(` + jwtOf + `.ExpirationTime.Value - DateTime.UtcNow).TotalSeconds + 60)`
	ifRevoked  = `<choose><when condition="@(context.Variables.ContainsKey("revoked"))">` + refuse + `</when></choose>`
	entraToken = `<validate-azure-ad-token tenant-id="contoso" output-token-variable-name="jwt"/>`
)

func quota(key, condition string) string {
	return fmt.Sprintf(`<quota-by-key calls="1" renewal-period="0" counter-key="%s" %s/>`, key, condition)
}

func lookup(key, more string) string {
	return fmt.Sprintf(`<cache-lookup-value key="%s" variable-name="revoked" caching-type="external" %s/>`, key, more)
}

func store(key, value string) string {
	return fmt.Sprintf(`<choose><when condition="@(context.Response.StatusCode == 204)"><cache-store-value key="%s" value="%s" duration="%s" caching-type="external"/></when></choose>`, key, value, untilExp)
}

func when(condition, policies string) string {
	return `<choose><when condition="@(` + condition + `)">` + policies + `</when></choose>`
}

// judged lints a check and a logout, and gives the rules but for those that
// every deny-list in a cache without an epoch has.
func judged(t *testing.T, api, logout string) []string {
	t.Helper()
	files := []lint.File{{Name: "api.xml", Scope: "api/api", Text: api}}
	if logout != "" {
		files = append(files, lint.File{Name: "logout.xml", Scope: "operation/logout", Text: logout})
	}
	findings, err := lint.Lint(files, lint.Options{})
	require.NoError(t, err)
	found := []string{}
	for _, f := range findings {
		if f.Rule != lint.FailsOpen {
			found = append(found, f.File+" "+f.Rule.ID)
		}
	}
	return found
}

// The caller chooses the method, the path, a header, a parameter: a check that
// asks for one is skipped with another.
func TestSkippedChecks(t *testing.T) {
	counted, cached := quota(idKey, never), lookup(idKey, "")+ifRevoked
	for condition, check := range map[string]string{
		`context.Request.Headers.GetValueOrDefault("X-Internal","") != "true"`:          counted,
		`!context.Request.Headers.ContainsKey("X-Health-Check")`:                        cached,
		`!context.Request.Headers.GetValueOrDefault("User-Agent","").Contains("probe")`: counted,
		`!context.Request.Url.Path.StartsWith("/v1/")`:                                  counted,
		`!context.Request.Url.Path.EndsWith(".json")`:                                   cached,
		`context.Request.Url.Query.GetValueOrDefault("debug","") != "1"`:                counted,
		`context.Operation.Method == "POST"`:                                            cached,
		`context.Request.Method == "GET" || context.Request.Method == "POST"`:           counted,
		`new [] {"POST","PUT","DELETE"}.Contains(context.Request.Method)`:               cached,
	} {
		logout := in(validate + quota(idKey, ok204))
		if check == cached {
			logout = around(validate, store(idKey, "1"))
		}
		assert.Equal(t, []string{"api.xml check-skipped"}, judged(t, in(validate+when(condition, check)), logout), condition)
	}
	inVariable := `<set-variable name="trusted" value="@(context.Request.Headers.GetValueOrDefault("X-From","") == "portal")"/>` +
		when(`!(bool)context.Variables["trusted"]`, counted)
	assert.Equal(t, []string{"api.xml check-skipped"}, judged(t, in(validate+inVariable), in(validate+quota(idKey, ok204))))
	sound := when(`context.Request.Method != "OPTIONS"`, validate+counted)
	assert.Empty(t, judged(t, in(sound), in(validate+quota(idKey, ok204))), "what takes no token needs no check")
}

// White space of every kind may stand before a token, and the scheme may be in
// any case.
func TestKeysOfTheText(t *testing.T) {
	for taken, sound := range map[string]bool{
		`h.Substring(7)`: false, `h.Split(' ')[1]`: false, `h.Replace("Bearer ", "")`: false, `h.Substring(7).TrimStart(' ')`: false,
		`h.Substring(h.LastIndexOf(' ') + 1)`: false, `h.Split(new [] {' '}, StringSplitOptions.RemoveEmptyEntries)[1]`: false,
		`h.Substring("Bearer".Length).Trim()`: true, `h.Split().Last()`: true, `h.Split(new [] {' ', '\t'}).Last()`: true,
		`Regex.Replace(h, "^[Bb][Ee][Aa][Rr][Ee][Rr]\\s+", "")`: true,
	} {
		key := `@{ var h = context.Request.Headers.GetValueOrDefault("Authorization",""); var t = ` + taken + `; return "revoked|" + t.Substring(0, t.LastIndexOf('.')); }`
		want := []string{"api.xml raw-header-key", "logout.xml raw-header-key"}
		if sound {
			want = []string{}
		}
		assert.Equal(t, want, judged(t, in(validate+quota(key, never)), in(validate+quota(key, ok204))), taken)
	}
	hashed := `@(Convert.ToBase64String(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes(context.Request.Headers.GetValueOrDefault("Authorization","")))))`
	assert.Contains(t, judged(t, in(validate+quota(hashed, never)), in(validate+quota(hashed, ok204))), "api.xml raw-header-key")
}

// What several tokens have is no name of one, in a counter or in a cache.
func TestKeysOfSeveralTokens(t *testing.T) {
	shared := []string{"api.xml key-of-several-tokens", "logout.xml key-of-several-tokens"}
	for _, claim := range []string{`.Claims.GetValueOrDefault("oid","")`, `.Claims["email"][0]`, `.Audiences[0]`, `.Claims.GetValueOrDefault("azp","")`} {
		key := `@("revoked|" + ` + jwtOf + claim + `)`
		assert.Equal(t, shared, judged(t, in(validate+lookup(key, "")+ifRevoked), around(validate, store(key, "1"))), claim)
		assert.Equal(t, shared, judged(t, in(validate+quota(key, never)), in(validate+quota(key, ok204))), claim)
	}
	assert.Equal(t, shared, judged(t, in(entraToken+quota(idKey, never)), in(entraToken+quota(idKey, ok204))), "Entra ID issues no jti")
	uti := strings.ReplaceAll(idKey, ".Id)", `.Claims.GetValueOrDefault("uti",""))`)
	assert.Empty(t, judged(t, in(entraToken+quota(uti, never)), in(entraToken+quota(uti, ok204))))
	sid := strings.ReplaceAll(idKey, ".Id)", `.Claims.GetValueOrDefault("sid",""))`)
	assert.Empty(t, judged(t, in(validate+lookup(sid, "")+ifRevoked), around(validate, store(sid, "1"))), "of one login")
	gateways := `<authentication-managed-identity resource="https://x"/>`
	raw := `@(context.Request.Headers.GetValueOrDefault("Authorization",""))`
	assert.Equal(t, shared, judged(t, in(validate+gateways+quota(raw, never)), in(validate+gateways+quota(raw, ok204))), "the gateway's own token")
}

// A check that looks for another value than is stored refuses nobody.
func TestValuesThatNeverMatch(t *testing.T) {
	is := func(comparison string) string {
		return in(validate + lookup(idKey, `default-value="0"`) + when(comparison, refuse))
	}
	found := []string{"api.xml check-never-refuses"}
	assert.Equal(t, found, judged(t, is(`context.Variables["revoked"] == "1"`), around(validate, store(idKey, "1"))), "compares references")
	assert.Equal(t, found, judged(t, is(`(string)context.Variables["revoked"] == "Revoked"`), around(validate, store(idKey, "revoked"))))
	assert.Equal(t, found, judged(t, is(`context.Variables.GetValueOrDefault("revoked", "") == "true"`), around(validate, store(idKey, "True"))))
	assert.Empty(t, judged(t, is(`(string)context.Variables["revoked"] == "1"`), around(validate, store(idKey, "1"))))
	assert.Empty(t, judged(t, is(`context.Variables["revoked"] as string == "1"`), around(validate, store(idKey, "1"))))
}

// Where a check stands, and what stands before it.
func TestPlacesOfChecks(t *testing.T) {
	counted, logout := validate+quota(idKey, never), in(validate+quota(idKey, ok204))
	cached, storing := validate+lookup(idKey, "")+ifRevoked, around(validate, store(idKey, "1"))
	afterwards := lookup(idKey, "") + when(`context.Variables.ContainsKey("revoked")`, `<set-status code="401" reason="x"/>`)
	assert.Equal(t, []string{"api.xml check-after-backend"}, judged(t, around(validate, afterwards), storing))

	private := `<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" allow-private-response-caching="true"/>`
	assert.Equal(t, []string{"api.xml response-cache-first"}, judged(t, in(private+counted), logout))
	assert.Empty(t, judged(t, in(counted+private), logout))
	assert.Empty(t, judged(t, in(strings.Replace(private, `"true"`, `"false"`, 1)+counted), logout), "keeps no answer to a request with the header")

	profile := `<cache-lookup-value key="@("profile-" + ` + jwtOf + `.Subject)" variable-name="profile" caching-type="external"/>`
	assert.Equal(t, []string{"api.xml second-lookup"}, judged(t, in(strings.Replace(cached, "<cache-lookup", profile+"<cache-lookup", 1)), storing))
}
