package apim_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// in puts policies on line 2 of a document.
func in(policies string) string {
	return "<policies><inbound>\n" + policies + "\n</inbound></policies>"
}

// limiter is a rate limit, on line 2, with one attribute exchanged.
func limiter(name, value string) string {
	attributes := map[string]string{"calls": "1", "renewal-period": "60", "counter-key": "k"}
	attributes[name] = value
	text := "<rate-limit-by-key"
	for _, a := range []string{"calls", "renewal-period", "counter-key", "increment-condition", "increment-count", "retry-after-header-name", "x"} {
		if v, ok := attributes[a]; ok && v != "absent" {
			text += fmt.Sprintf(` %s="%s"`, a, v)
		}
	}
	return in(text + "/>")
}

func variable(expression string) string {
	return in(`<set-variable name="v" value="` + expression + `"/>`)
}

func nested(open, shut string, n int) string {
	return strings.Repeat(open, n) + strings.Repeat(shut, n)
}

// Each document is refused with a message that holds the text, at the line.
var hostile = []struct {
	name, xml, want string
	line            int
}{
	// Not a document.
	{"empty", "", "an element is expected, not the end", 1},
	{"white space", " \n ", "an element is expected", 2},
	{"text", "hello", "an element is expected", 1},
	{"binary", "\x00\x01\x02", "an element is expected", 1},
	{"only a comment", "<!-- x -->", "an element is expected", 1},
	{"comment open", "<!-- x", "comment that begins here is not closed", 1},
	{"instruction open", "<?xml ", "not closed", 1},
	{"two roots", "<policies/><policies/>", "one root", 1},
	{"trailing text", "<policies/>x", "one root", 1},
	{"other root", "<fragment/>", "<policies>", 1},
	{"root with attribute", `<policies a="1"/>`, "not supported", 1},
	{"other section", "<policies><inbond/></policies>", "a section is", 1},
	{"section twice", "<policies><inbound/>\n<inbound/></policies>", "twice", 2},
	{"section with attribute", `<policies><inbound x="1"/></policies>`, "not supported", 1},
	{"text in a section", "<policies><inbound>hello</inbound></policies>", "text is not expected", 1},
	{"nameless", "<>", "needs a name", 1},
	{"digit name", "<1a/>", "needs a name", 1},
	{"lone bracket", "<", "needs a name", 1},
	{"too large", strings.Repeat(" ", policyxml.MaxDocument+1), "at most", 1},
	// Never closed, or crossed.
	{"root open", "<policies>", "not closed", 1},
	{"section open", "<policies>\n<inbound>", "<inbound> is not closed", 2},
	{"tag open", "<policies", "not closed", 1},
	{"close tag open", "<policies></policies", "lacks its >", 1},
	{"crossed", "<policies><inbound>\n</policies></inbound>", "closes <inbound>", 2},
	{"case differs", "<policies></Policies>", "closes <policies>", 1},
	{"attribute open", `<policies><inbound><base x="1`, "not closed", 1},
	{"attribute swallows", in(`<base x="1><set-variable name="v"/>`), "holds a '<'", 2},
	{"attribute unquoted", in(`<base x=1/>`), "in quotes", 2},
	{"attribute bare", in(`<base x/>`), "has no value", 2},
	{"attribute twice", in(`<base x="1" x="2"/>`), "given twice", 2},
	{"attributes touch", in(`<base x="1"y="2"/>`), "white space is missing", 2},
	{"attribute sign", in(`<base $="1"/>`), "an attribute of <base> is expected", 2},
	{"CDATA open", in(`<set-body><![CDATA[x`), "CDATA section", 2},
	{"comment in section open", in("<!-- "), "comment", 2},
	// Entities and document types.
	{"document type", "<!DOCTYPE policies []><policies/>", "document type", 1},
	{"billion laughs", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><policies>&b;</policies>`, "document type", 1},
	{"external entity", `<!DOCTYPE x SYSTEM "file:///etc/passwd"><policies/>`, "document type", 1},
	{"inner document type", "<policies>\n<!DOCTYPE x></policies>", "document type", 2},
	{"inner entity", "<policies>\n<!ENTITY a 'b'></policies>", "document type", 2},
	{"unknown entity", variable("&a;"), "not an entity", 2},
	{"lone ampersand", variable("a & b"), "not an entity", 2},
	{"unknown entity in text", in("<set-body>&bomb;</set-body>"), "not an entity", 2},
	{"zero character", variable("&#0;"), "not an entity", 2},
	{"character too large", variable("&#x110000;"), "not an entity", 2},
	{"surrogate", variable("&#xD800;"), "not an entity", 2},
	{"endless entity", variable("&" + strings.Repeat("a", 10000) + ";"), "not an entity", 2},
	// Size and depth.
	{"deep elements", nested("<a>", "</a>", 10000), "nested deeper", 1},
	{"deep choose", "<policies><inbound>" + strings.Repeat(`<choose><when condition="true">`, 100), "nested deeper", 1},
	{"many elements", "<policies><inbound>" + strings.Repeat("<base/>", 20000) + "</inbound></policies>", "more than", 1},
	{"huge attribute", variable(strings.Repeat("a", 100_000)), "longer than", 2},
	{"huge text", in("<set-body>" + strings.Repeat("a", 100_000) + "</set-body>"), "longer than", 2},
	{"huge expression", variable("@(" + strings.Repeat(" ", 100_000) + "1)"), "longer than", 2},
	{"huge comment in expression", variable("@(1 /*" + strings.Repeat("x", 100_000) + "*/)"), "longer than", 2},
	{"huge literal in expression", variable(`@("` + strings.Repeat("x", 100_000) + `")`), "not closed", 2},
	{"many attributes twice", in("<base " + strings.Repeat(`a="1" `, 3000) + "/>"), "twice", 2},
	// Policies that are not supported, or not there.
	{"unknown policy", in("<rate-limit-by-keys/>"), "not supported", 2},
	{"mock-response", in(`<mock-response/>`), "not supported", 2},
	{"fragment in itself", in(`<include-fragment/>`), "fragment-id is missing", 2},
	{"include-fragment", in(`<include-fragment fragment-id="x"/>`), "is not given", 2},
	{"send-request", in("<send-request/>"), "not supported", 2},
	{"limiter in outbound", "<policies><outbound>\n<rate-limit-by-key/></outbound></policies>", "not allowed in the outbound", 2},
	{"forward in inbound", in("<forward-request/>"), "not allowed in the inbound", 2},
	{"status in inbound", in(`<set-status code="200"/>`), "use return-response", 2},
	{"status in backend", "<policies><backend>\n<set-status code=\"200\"/></backend></policies>", "use return-response", 2},
	{"base in choose", in(`<choose><when condition="true"><base/></when></choose>`), "directly in a section", 2},
	{"base with attribute", in(`<base x="1"/>`), "not supported", 2},
	{"base with child", in(`<base><base/></base>`), "no element is expected", 2},
	{"two in backend", "<policies><backend><base/>\n<forward-request/></backend></policies>", "holds one policy", 1},
	// Wrong attributes.
	{"calls absent", limiter("calls", "absent"), "calls is missing", 2},
	{"key absent", limiter("counter-key", "absent"), "counter-key is missing", 2},
	{"period absent", limiter("renewal-period", "absent"), "renewal-period is missing", 2},
	{"unknown attribute", limiter("x", "1"), "x of <rate-limit-by-key>: the attribute is not supported", 2},
	{"calls text", limiter("calls", "many"), "not a whole number", 2},
	{"calls fraction", limiter("calls", "1.5"), "not a whole number", 2},
	{"calls huge", limiter("calls", "99999999999999999999"), "not a whole number", 2},
	{"calls zero", limiter("calls", "0"), "not between", 2},
	{"calls negative", limiter("calls", "-1"), "not between", 2},
	{"period long", limiter("renewal-period", "301"), "more than the 300", 2},
	{"condition text", limiter("increment-condition", "yes"), "neither true nor false", 2},
	{"count text", limiter("increment-count", "x"), "not a whole number", 2},
	{"header name expression", limiter("retry-after-header-name", "@(1)"), "not allowed here", 2},
	{"calls of type string", limiter("calls", `@("1")`), "is a string, and int is wanted", 2},
	{"condition of type int", limiter("increment-condition", "@(1)"), "is a int, and bool is wanted", 2},
	{"key of type Jwt", limiter("counter-key", `@("".AsJwt())`), "is a Jwt", 2},
	{"mixed value", limiter("counter-key", "a @(1)"), "must be the whole value", 2},
	{"value behind expression", limiter("counter-key", "@(1) a"), "must be the whole value", 2},
	{"text before expression", in("<set-body>a @(1)\n@(1)</set-body>"), "must be the whole text", 2},
	{"text behind expression", in("<set-body>@(1) a</set-body>"), "must be the whole text", 2},
	{"quota period short", in(`<quota-by-key calls="1" renewal-period="299" counter-key="k"/>`), "less than the 300", 2},
	{"quota calls expression", in(`<quota-by-key calls="@(1)" renewal-period="300" counter-key="k"/>`), "not a whole number", 2},
	{"quota bandwidth", in(`<quota-by-key calls="1" bandwidth="1" renewal-period="300" counter-key="k"/>`), "not supported", 2},
	{"quota start", in(`<quota-by-key calls="1" renewal-period="300" counter-key="k" first-period-start="now"/>`), "not a time", 2},
	{"cache external", in(`<cache-lookup-value key="k" variable-name="v" caching-type="external"/>`), "no external cache", 2},
	{"cache type", in(`<cache-lookup-value key="k" variable-name="v" caching-type="redis"/>`), "is not one of", 2},
	{"cache no variable", in(`<cache-lookup-value key="k"/>`), "variable-name is missing", 2},
	{"cache duration", in(`<cache-store-value key="k" value="v" duration="0"/>`), "at least one second", 2},
	{"cache no duration", in(`<cache-store-value key="k" value="v"/>`), "duration is missing", 2},
	{"choose empty", in("<choose/>"), "choose holds", 2},
	{"choose other", in("<choose><if/></choose>"), "choose holds", 2},
	{"otherwise alone", in("<choose><otherwise/></choose>"), "choose holds", 2},
	{"otherwise first", in(`<choose><otherwise/><when condition="true"/></choose>`), "choose holds", 2},
	{"when bare", in("<choose><when/></choose>"), "condition is missing", 2},
	{"variable bare", in(`<set-variable name="v"/>`), "value is missing", 2},
	{"header bare", in(`<set-header name="h"/>`), "a value element is missing", 2},
	{"header action", in(`<set-header name="h" exists-action="maybe"><value>1</value></set-header>`), "is not one of", 2},
	{"header child", in(`<set-header name="h"><val>1</val></set-header>`), "holds value elements", 2},
	{"mixed content", in(`<set-header name="h">x<value>1</value></set-header>`), "both text and elements", 2},
	{"status", in(`<return-response><set-status code="42"/></return-response>`), "not an HTTP status", 2},
	{"return child", in(`<return-response><base/></return-response>`), "return-response holds", 2},
	{"body template", in(`<set-body template="liquid">x</set-body>`), "not supported", 2},
	{"body elements", in(`<set-body><a/></set-body>`), "a body of elements", 2},
	{"jwt nowhere", in(`<validate-jwt><issuer-signing-keys><key>AAAA</key></issuer-signing-keys></validate-jwt>`), "exactly one of", 2},
	{"jwt two places", in(`<validate-jwt header-name="a" token-value="b"><issuer-signing-keys><key>AAAA</key></issuer-signing-keys></validate-jwt>`), "exactly one of", 2},
	{"jwt no key", in(`<validate-jwt header-name="a"/>`), "there is no key", 2},
	{"jwt bad key", in(`<validate-jwt header-name="a"><issuer-signing-keys><key>***</key></issuer-signing-keys></validate-jwt>`), "not Base64", 2},
	{"jwt short RSA", in(`<validate-jwt header-name="a"><issuer-signing-keys><key n="AQAB" e="AQAB"/></issuer-signing-keys></validate-jwt>`), "too short", 2},
	{"jwt certificate", in(`<validate-jwt header-name="a"><issuer-signing-keys><key certificate-id="c"/></issuer-signing-keys></validate-jwt>`), "certificate-id", 2},
	{"jwt encrypted", in(`<validate-jwt header-name="a"><decryption-keys/></validate-jwt>`), "not supported", 2},
	{"named value", variable("{{secret}}"), "named value secret is not given", 2},
	// Expressions.
	{"expression open", variable("@(1"), "value of <set-variable>: a literal cannot hold a line break", 2},
	{"expression open in a text", in("<set-body>@(1 </set-body>"), "<set-body>: ", 2},
	{"expression crossed", variable("@((1]"), "closes a bracket", 2},
	{"expression string open", variable(`@("a`), "not closed", 2},
	{"expression verbatim open", variable(`@(@"a`), "not closed", 2},
	{"expression empty", variable("@()"), "a value is expected", 2},
	{"unknown name", variable("@(File.ReadAllText(1))"), `"File"`, 2},
	{"unknown member", variable("@(context.Secrets)"), `"Secrets"`, 2},
	{"unknown method", variable(`@("a".Explode())`), `"Explode"`, 2},
	{"wrong type", variable(`@(1 + true)`), "no meaning", 2},
	{"endless loop", variable("@{ while(true) {} }"), `"while"`, 2},
	{"for loop", variable("@{ for(;;) {} }"), `"for"`, 2},
	{"recursion", variable("@{ int f() { return f(); } return f(); }"), "= is expected", 2},
	{"lambda", variable(`@("a".Split(',').All(x => { return true; }))`), "lambda", 2},
	{"reflection", variable(`@("".GetType())`), `"GetType"`, 2},
	{"new", variable(`@(new object())`), `"new"`, 2},
	{"deep brackets", variable("@(" + nested("(", ")", 10_000) + ")"), "nested deeper", 2},
	{"deep conditions", variable("@(" + strings.Repeat("true?", 3000) + "1" + strings.Repeat(":1", 3000) + ")"), "nested deeper", 2},
	{"long row", variable("@(1" + strings.Repeat("+1", 9000) + ")"), "nested deeper", 2},
	{"line inside an expression", in("<set-variable name=\"v\" value=\"@{\n\n  return nothing; }\"/>"), `"nothing"`, 4},
}

func TestHostileDocuments(t *testing.T) {
	require.GreaterOrEqual(t, len(hostile), 100)
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			errs := apim.Check(apim.Document{Name: "bad.xml", XML: tt.xml}, apim.Options{})
			require.NotEmpty(t, errs)
			assert.Contains(t, errs.Error(), tt.want)
			assert.Equal(t, tt.line, errs[0].Line, errs.Error())
			assert.Contains(t, errs[0].Error(), fmt.Sprintf("bad.xml:%d: ", tt.line))
			assert.Less(t, len(errs[0].Error()), 400, "the message does not repeat the document")
		})
	}
}

// mostAllocated is what refusing one document may allocate in all, which
// bounds its memory and, as nothing is read twice, its work.
const mostAllocated = 16 << 20

func TestHostileDocumentsAreCheap(t *testing.T) {
	for _, tt := range hostile {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_ = apim.Check(apim.Document{Name: "bad.xml", XML: tt.xml}, apim.Options{})
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(mostAllocated), tt.name)
	}
}

// An expression that loads may still ask for more than there is: a text that
// doubles 40 times is an error of the request, as any that an expression throws.
func TestHostileExpressionsAreBounded(t *testing.T) {
	doubling := `@{ var a = "0123456789"; ` + strings.Repeat("a = a + a; ", 40) + `return a; }`
	s := newStage(t, inbound(`<set-variable name="v" value="`+doubling+`"/>`), nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	assert.Equal(t, 500, get(s).Code)
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(mostAllocated))
}

// All errors are shown at once, and a key is never shown.
func TestLoadShowsAllErrors(t *testing.T) {
	errs := apim.Check(apim.Document{Name: "f.xml", XML: in("<ip-filter/>\n<mock-response/>\n" +
		`<validate-jwt header-name="a"><issuer-signing-keys><key>top secret</key></issuer-signing-keys></validate-jwt>`)}, apim.Options{})
	require.Len(t, errs, 4)
	assert.Equal(t, "f.xml:2: <ip-filter>: this policy is not supported", errs[0].Error())
	assert.Equal(t, 3, errs[1].Line)
	assert.NotContains(t, errs.Error(), "top secret")
}

func TestScopesThatNothingHas(t *testing.T) {
	_, err := apim.New(apim.Options{Documents: doc("api/none", "<policies/>"), Operations: apim.Operations(), Backend: newIssuer(t, newClock())})
	assert.ErrorContains(t, err, `"api/none"`)
	_, err = apim.New(apim.Options{})
	assert.ErrorContains(t, err, "backend")
	_, err = apim.Hardened("none")
	assert.ErrorContains(t, err, "counter, quota, cache, redis")
}

func TestParseScope(t *testing.T) {
	ops := append(apim.Operations(), apim.Operation{Name: "protected", Method: "GET", Path: "/p", API: "other", Product: "gold"})
	for text, want := range map[string]apim.Scope{
		"global": apim.Global, "logout": apim.OperationScope("logout"), "auth": apim.APIScope("auth"),
		"gold": apim.ProductScope("gold"), "api/protected": apim.APIScope("protected"),
	} {
		got, err := apim.ParseScope(text, ops)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := apim.ParseScope("protected", ops)
	assert.ErrorContains(t, err, "may be api/protected, operation/protected")
	_, err = apim.ParseScope("nothing", ops)
	assert.ErrorContains(t, err, "no scope is called")
}

func FuzzCheck(f *testing.F) {
	for _, documents := range []map[apim.Scope]apim.Document{apim.Recipe()} {
		for _, d := range documents {
			f.Add(d.XML)
		}
	}
	for _, v := range apim.Variants() {
		documents, err := apim.Hardened(v)
		require.NoError(f, err)
		for _, d := range documents {
			f.Add(d.XML)
		}
	}
	for _, h := range hostile {
		if len(h.xml) < 1000 {
			f.Add(h.xml)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, e := range apim.Check(apim.Document{Name: "f.xml", XML: text}, apim.Options{}) {
			if e.Line < 1 || e.Line > strings.Count(text, "\n")+1 || e.Msg == "" {
				t.Fatalf("an error without a place: %+v", e)
			}
		}
	})
}
