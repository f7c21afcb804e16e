package apim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
)

// A fragment runs where it is included, and an error in it names its file.
func TestFragments(t *testing.T) {
	deny := `<fragment><return-response><set-status code="418"/></return-response></fragment>`
	with := func(fragments map[string]string) func(*apim.Options) {
		return func(o *apim.Options) {
			o.Fragments = map[string]apim.Document{}
			for name, text := range fragments {
				o.Fragments[name] = apim.Document{Name: name + ".fragment", XML: text}
			}
		}
	}
	include := inbound(`<include-fragment fragment-id="deny"/>`)
	assert.Equal(t, 418, get(newStage(t, include, with(map[string]string{"deny": deny}))).Code)

	for text, want := range map[string]string{
		`<fragment><ip-filter/></fragment>`: "deny.fragment:1: <ip-filter>: this policy is not supported",
		`<fragment>`:                        "deny.fragment:1: <fragment> is not closed",
		`<policies/>`:                       "deny.fragment:1: <policies>: the root element of a fragment is <fragment>",
		`<fragment><include-fragment fragment-id="deny"/></fragment>`: `the fragment "deny" includes itself`,
	} {
		errs := apim.Check(apim.Document{Name: "f.xml", XML: in(`<include-fragment fragment-id="deny"/>`)},
			apim.Options{Fragments: map[string]apim.Document{"deny": {Name: "deny.fragment", XML: text}}})
		assert.ErrorContains(t, errs, want)
	}
}

// rate-limit and quota count the calls of a subscription, whatever token they bring.
func TestLimitsOfTheSubscription(t *testing.T) {
	s := newStage(t, inbound(`<rate-limit calls="2" renewal-period="60"/>`), nil)
	assert.Equal(t, []int{200, 200, 429}, []int{s.call("x"), s.call("x"), s.call("x")})
	s.clock.advance(61 * time.Second)
	assert.Equal(t, 200, s.call("x"))

	s = newStage(t, inbound(`<quota calls="1" renewal-period="3600"/>`), nil)
	assert.Equal(t, []int{200, 403}, []int{s.call("x"), s.call("x")})
}

// The response cache answers in place of the backend, and without being told
// so to no request with an Authorization header.
func TestResponseCache(t *testing.T) {
	cached := func(private string) map[apim.Scope]apim.Document {
		return doc(apim.Global, `<policies><inbound><cache-lookup vary-by-developer="false" vary-by-developer-groups="false" `+private+`/>
			<quota-by-key calls="1" renewal-period="0" counter-key="k"/></inbound>
			<backend><forward-request/></backend><outbound><cache-store duration="60"/></outbound><on-error/></policies>`)
	}
	s := newStage(t, cached(""), nil)
	assert.Equal(t, []int{200, 403}, []int{s.call("x"), s.call("x")})
	s = newStage(t, cached(`allow-private-response-caching="true"`), nil)
	token := "x"
	assert.Equal(t, []int{200, 200}, []int{s.call(token), s.call(token)}, "the second is the first one's answer: the quota is not asked")
	s.clock.advance(2 * time.Minute)
	assert.Equal(t, 403, s.call(token))
}

// validate-azure-ad-token refuses as validate-jwt does, and other applications.
func TestAzureADToken(t *testing.T) {
	for tenant, want := range map[string]string{
		`tenant-id="t"`: "", ``: "tenant-id is missing", `tenant-id="t" header-name="a" token-value="b"`: "says where the token is",
	} {
		errs := apim.Check(apim.Document{Name: "f.xml", XML: in(fmt.Sprintf(`<validate-azure-ad-token %s>
			<client-application-ids><application-id>a</application-id></client-application-ids></validate-azure-ad-token>`, tenant))}, apim.Options{})
		if want == "" {
			require.Empty(t, errs)
			continue
		}
		assert.ErrorContains(t, errs, want)
	}
	s := newStage(t, inbound(`<validate-azure-ad-token tenant-id="t"/>`), nil)
	assert.Equal(t, 401, s.send(0, "GET", "/api/x", "").Code)
}
