package apim_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/cache"
)

// inbound wraps policies into a document at global scope.
func inbound(policies string) map[apim.Scope]apim.Document {
	return doc(apim.Global, `<policies><inbound>`+policies+`</inbound><backend><forward-request/></backend><outbound/><on-error/></policies>`)
}

func doc(scope apim.Scope, xml string) map[apim.Scope]apim.Document {
	return map[apim.Scope]apim.Document{scope: {Name: string(scope) + ".xml", XML: xml}}
}

func get(s *stage) *httptest.ResponseRecorder { return s.send(0, "GET", "/api/hello", "") }

// The body and the header that Microsoft's documents show.
func TestRateLimitRefusal(t *testing.T) {
	s := newStage(t, inbound(`<rate-limit-by-key calls="1" renewal-period="60" counter-key="k"
		total-calls-header-name="X-Total" remaining-calls-header-name="X-Left" />`), nil)
	first := get(s)
	assert.Equal(t, 200, first.Code)
	assert.Equal(t, "1", first.Header().Get("X-Total"))
	assert.Equal(t, "0", first.Header().Get("X-Left"))
	s.clock.advance(3 * time.Second)
	w := get(s)
	assert.Equal(t, 429, w.Code)
	assert.Equal(t, `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }`, w.Body.String())
	assert.Equal(t, "57", w.Header().Get("Retry-After"))
	assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	assert.Equal(t, "1", w.Header().Get("X-Total"), "the total is on every answer")
	assert.Empty(t, w.Header().Get("X-Left"), "what is left is not shown to the limited")
	assert.Equal(t, 1, s.issuer.hits)
}

func TestRetryAfterNames(t *testing.T) {
	s := newStage(t, doc(apim.Global, `<policies><inbound>
		<rate-limit-by-key calls="1" renewal-period="60" counter-key="k" retry-after-header-name="X-Wait" retry-after-variable-name="wait" />
		</inbound><backend><forward-request/></backend><outbound/>
		<on-error><set-header name="X-Again"><value>@("in " + context.Variables.GetValueOrDefault<int>("wait"))</value></set-header></on-error></policies>`), nil)
	get(s)
	w := get(s)
	assert.Equal(t, "60", w.Header().Get("X-Wait"))
	assert.Empty(t, w.Header().Get("Retry-After"))
	assert.Equal(t, "in 60", w.Header().Get("X-Again"))
}

// Literal or absent condition: the call that goes over the limit is refused.
// An expression: the count is made at the end of outbound, for the next call.
func TestWhenTheIncrementIsMade(t *testing.T) {
	tests := map[string]struct {
		attributes string
		threshold  apim.Threshold
		want       []int
	}{
		"absent":                {``, apim.AtLimit, []int{200, 200, 429}},
		"literal true":          {`increment-condition="true"`, apim.AtLimit, []int{200, 200, 429}},
		"literal, other answer": {`increment-condition="true"`, apim.OverLimit, []int{200, 200, 429}},
		"literal false":         {`increment-condition="false"`, apim.AtLimit, []int{200, 200, 200, 200}},
		"literal count":         {`increment-count="2"`, apim.AtLimit, []int{200, 429}},
		"expression, >=":        {`increment-condition="@(true)"`, apim.AtLimit, []int{200, 200, 429}},
		"expression, >":         {`increment-condition="@(true)"`, apim.OverLimit, []int{200, 200, 200, 429}},
		"count expression, >":   {`increment-count="@(2)"`, apim.OverLimit, []int{200, 200, 429}},
		"never":                 {`increment-condition="@(1==2)"`, apim.AtLimit, []int{200, 200, 200, 200}},
		"by response":           {`increment-condition="@(context.Response.StatusCode == 200)"`, apim.AtLimit, []int{200, 200, 429}},
		"by response, not that": {`increment-condition="@(context.Response.StatusCode == 201)"`, apim.AtLimit, []int{200, 200, 200}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, inbound(`<rate-limit-by-key calls="2" renewal-period="60" counter-key="k" `+tt.attributes+`/>`),
				func(o *apim.Options) { o.Threshold = tt.threshold })
			var got []int
			for range tt.want {
				got = append(got, get(s).Code)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// With > the published recipe never refuses a logged-out token.
func TestRecipeNeverBlocksAboveTheLimit(t *testing.T) {
	s := newStage(t, apim.Recipe(), func(o *apim.Options) { o.Threshold = apim.OverLimit })
	token := s.login()
	require.Equal(t, 204, s.logout(token))
	for range 100 {
		require.Equal(t, 200, s.call(token))
		s.clock.advance(time.Second)
	}
}

// With >= it blocks for its period, which is a minute of an hour's life.
func TestRecipeBlocksForAMinute(t *testing.T) {
	s := newStage(t, apim.Recipe(), nil)
	token := s.login()
	require.Equal(t, 204, s.logout(token))
	assert.Equal(t, 429, s.call(token))
	s.clock.advance(time.Minute - 1)
	assert.Equal(t, 429, s.call(token))
	assert.Equal(t, 429, s.logout(token), "the second logout is refused as well")
	s.clock.advance(1)
	assert.Equal(t, 200, s.call(token))
}

// Two policies that count one key in one request count two; quota-by-key
// counts once.
func TestOneCounterForAllScopes(t *testing.T) {
	both := func(policy string) map[apim.Scope]apim.Document {
		documents := inbound(policy)
		documents[apim.APIScope("protected")] = apim.Document{Name: "api.xml",
			XML: `<policies><inbound><base/>` + policy + `</inbound></policies>`}
		return documents
	}
	rate := newStage(t, both(`<rate-limit-by-key calls="3" renewal-period="60" counter-key="k"/>`), nil)
	assert.Equal(t, []int{200, 429}, []int{get(rate).Code, get(rate).Code})
	quota := newStage(t, both(`<quota-by-key calls="3" renewal-period="300" counter-key="k"/>`), nil)
	assert.Equal(t, []int{200, 200, 200, 403}, []int{get(quota).Code, get(quota).Code, get(quota).Code, get(quota).Code})
}

// A policy that only looks depends on the comparison as a postponed one does.
func TestLookingWithALiteral(t *testing.T) {
	for _, policy := range []string{"rate-limit-by-key", "quota-by-key"} {
		look := `<` + policy + ` calls="1" renewal-period="300" counter-key="k" increment-condition="false"/>`
		count := `<choose><when condition="@(context.Request.Method == "POST")"><` + policy + ` calls="1" renewal-period="300" counter-key="k" increment-condition="true"/></when></choose>`
		for threshold, want := range map[apim.Threshold]bool{apim.AtLimit: true, apim.OverLimit: false} {
			s := newStage(t, inbound(look+count), func(o *apim.Options) { o.Threshold = threshold })
			assert.Equal(t, 200, s.send(0, "POST", "/api/x", "").Code)
			assert.Equal(t, want, get(s).Code != 200, "%s %v", policy, threshold)
		}
	}
}

// Whether a request that fails behind the counter still counts is open.
func TestCountUnfinished(t *testing.T) {
	documents := func() map[apim.Scope]apim.Document {
		return inbound(`<rate-limit-by-key calls="1" renewal-period="60" counter-key="k" increment-condition="@(true)"/>
			<check-header name="X-No" failed-check-httpcode="400" failed-check-error-message="no" ignore-case="true"/>`)
	}
	s := newStage(t, documents(), nil)
	assert.Equal(t, []int{400, 400}, []int{get(s).Code, get(s).Code})
	s = newStage(t, documents(), func(o *apim.Options) { o.CountUnfinished = true })
	assert.Equal(t, []int{400, 429}, []int{get(s).Code, get(s).Code})
	failures := documents()
	global := failures[apim.Global]
	global.XML = strings.Replace(global.XML, "@(true)", "@(context.Response.StatusCode == 400)", 1)
	failures[apim.Global] = global
	s = newStage(t, failures, func(o *apim.Options) { o.CountUnfinished = true })
	assert.Equal(t, []int{400, 429}, []int{get(s).Code, get(s).Code}, "the condition sees the answer")
}

func TestRegions(t *testing.T) {
	logoutHere := func(s *stage) string {
		token := s.login()
		require.Equal(t, 204, s.logout(token))
		return "Bearer " + token
	}
	there := func(s *stage, h string) int { return s.send(1, "GET", "/api/hello", h).Code }

	s := newStage(t, apim.Recipe(), func(o *apim.Options) { o.Regions = 2 })
	assert.Equal(t, 200, there(s, logoutHere(s)))

	s = newStage(t, apim.Recipe(), func(o *apim.Options) {
		o.Regions, o.Sync = 2, apim.Sync{Enabled: true, Delay: 10 * time.Second}
	})
	header := logoutHere(s)
	assert.Equal(t, 200, there(s, header), "before the news has arrived")
	s.clock.advance(10 * time.Second)
	assert.Equal(t, 429, there(s, header))
}

func TestTokenBucketOfV2(t *testing.T) {
	s := newStage(t, inbound(`<rate-limit-by-key calls="60" renewal-period="60" counter-key="k"/>`), func(o *apim.Options) { o.Tier = apim.V2 })
	for range 60 {
		require.Equal(t, 200, get(s).Code)
	}
	assert.Equal(t, 429, get(s).Code)
	s.clock.advance(time.Second)
	assert.Equal(t, 200, get(s).Code)
	assert.Equal(t, 429, get(s).Code)
}

func TestConsumptionRefusesAtLoad(t *testing.T) {
	for _, policy := range []string{"rate-limit-by-key", "quota-by-key"} {
		documents := inbound("\n<" + policy + ` calls="1" renewal-period="300" counter-key="k"/>`)
		_, err := apim.New(apim.Options{Documents: documents, Operations: apim.Operations(), Backend: http.NotFoundHandler(), Tier: apim.Consumption})
		require.Error(t, err)
		assert.Equal(t, "global.xml:2: <"+policy+">: Policy is not allowed in 'Consumption' sku", err.Error())
	}
}

func TestSubscriptionKeyComesFirst(t *testing.T) {
	s := newStage(t, inbound(`<return-response><set-status code="299"/></return-response>`), func(o *apim.Options) { o.SubscriptionKey = "secret" })
	try := func(key, query string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/api/x"+query, nil)
		r.Header.Set("Ocp-Apim-Subscription-Key", key)
		w := httptest.NewRecorder()
		s.service.Gateway(0).ServeHTTP(w, r)
		return w
	}
	missing, wrong := try("", ""), try("other", "")
	assert.Equal(t, 401, missing.Code)
	assert.Contains(t, missing.Body.String(), "Access denied due to missing subscription key.")
	assert.Contains(t, missing.Header().Get("WWW-Authenticate"), "AzureApiManagementKey realm=")
	assert.Equal(t, 401, wrong.Code)
	assert.Contains(t, wrong.Body.String(), "Access denied due to invalid subscription key.")
	assert.Equal(t, 299, try("secret", "").Code)
	assert.Equal(t, 299, try("", "?subscription-key=secret").Code)
}

func TestNoOperation(t *testing.T) {
	s := newStage(t, apim.Recipe(), nil)
	w := s.send(0, "GET", "/nowhere", "")
	assert.Equal(t, 404, w.Code)
	assert.Equal(t, `{ "statusCode": 404, "message": "Resource not found" }`, w.Body.String())
}

func TestExpressionErrorIs500(t *testing.T) {
	s := newStage(t, inbound(`<set-variable name="v" value="@((string)context.Variables["none"])"/>`), nil)
	w := get(s)
	assert.Equal(t, 500, w.Code)
	assert.True(t, strings.HasPrefix(w.Body.String(), `{ "statusCode": 500, "message": "Internal server error", "activityId": "`), w.Body.String())
}

func TestBaseSaysWhatIsInherited(t *testing.T) {
	mark := func(n string) string {
		return `<set-header name="X-Mark" exists-action="append"><value>` + n + `</value></set-header>`
	}
	section := func(n, body string) apim.Document {
		return apim.Document{Name: n, XML: `<policies><inbound/><backend><base/></backend><outbound>` + body + `</outbound><on-error/></policies>`}
	}
	documents := map[apim.Scope]apim.Document{
		apim.Global:                  {Name: "g", XML: `<policies><inbound/><backend><forward-request/></backend><outbound>` + mark("global") + `</outbound><on-error/></policies>`},
		apim.ProductScope("gold"):    section("p", mark("product")+"<base/>"),
		apim.APIScope("protected"):   section("a", "<base/>"+mark("api")),
		apim.OperationScope("echo"):  section("o", "<base/>"+mark("operation")),
		apim.OperationScope("login"): section("l", mark("alone")),
	}
	s := newStage(t, documents, func(o *apim.Options) {
		o.Operations = apim.Operations()
		o.Operations[2].Product = "gold"
	})
	assert.Equal(t, []string{"product", "global", "api", "operation"}, get(s).Header().Values("X-Mark"))
	assert.Equal(t, []string{"alone"}, s.send(0, "POST", "/login", "").Header().Values("X-Mark"))
}

func TestOnErrorCanAnswer(t *testing.T) {
	s := newStage(t, doc(apim.Global, `<policies><inbound><rate-limit-by-key calls="1" renewal-period="60" counter-key="k"/></inbound>
		<backend><forward-request/></backend><outbound/>
		<on-error><choose><when condition="@(context.LastError.Reason == "RateLimitExceeded")">
			<return-response><set-status code="401" reason="Gone"/><set-header name="X-Was"><value>@(context.Response.StatusCode.ToString())</value></set-header><set-body>over</set-body></return-response>
		</when></choose></on-error></policies>`), nil)
	get(s)
	w := get(s)
	assert.Equal(t, 401, w.Code)
	assert.Equal(t, "429", w.Header().Get("X-Was"))
	assert.Equal(t, "over", w.Body.String())
}

func TestCacheSemantics(t *testing.T) {
	documents := func(caching string) map[apim.Scope]apim.Document {
		return inbound(`<cache-lookup-value key="k" variable-name="v" default-value="none" ` + caching + `/>
			<choose><when condition="@(context.Request.Method == "PUT")"><cache-store-value key="k" value="@(7)" duration="60" ` + caching + `/></when>
			<when condition="@(context.Request.Method == "DELETE")"><cache-remove-value key="k" ` + caching + `/></when></choose>
			<return-response><set-body>@(Convert.ToString(context.Variables["v"]))</set-body></return-response>`)
	}
	body := func(s *stage, region int, method string) string {
		return s.send(region, method, "/api/x", "").Body.String()
	}

	s := newStage(t, documents(""), func(o *apim.Options) { o.Regions, o.StoreDelay = 2, 2*time.Second })
	assert.Equal(t, "none", body(s, 0, "PUT"))
	assert.Equal(t, "none", body(s, 0, "GET"), "storing is asynchronous")
	s.clock.advance(2 * time.Second)
	assert.Equal(t, "7", body(s, 0, "GET"))
	assert.Equal(t, "none", body(s, 1, "GET"), "the built-in cache is of one region")
	s.service.Restart(0)
	assert.Equal(t, "none", body(s, 0, "GET"), "and volatile")
	body(s, 0, "PUT")
	s.clock.advance(60 * time.Second)
	assert.Equal(t, "none", body(s, 0, "GET"), "and it expires")

	shared := &breakable{}
	s = newStage(t, documents(`caching-type="external"`), func(o *apim.Options) {
		shared.Memory = cache.NewMemory(o.Clock, 0)
		o.Regions, o.External = 2, shared
	})
	body(s, 0, "PUT")
	assert.Equal(t, "7", body(s, 1, "GET"), "the external cache is shared")
	shared.down = true
	assert.Equal(t, "none", body(s, 0, "GET"), "a cache that is away reads as a miss")
	shared.down = false
	body(s, 0, "DELETE")
	assert.Equal(t, "none", body(s, 0, "GET"))
}

func TestHeadersAndBodies(t *testing.T) {
	s := newStage(t, doc(apim.Global, `<policies><inbound>
		<set-header name="X-In" exists-action="skip"><value>default</value></set-header></inbound>
		<backend><forward-request timeout="10"/></backend>
		<outbound><set-status code="201" reason="Made"/><set-header name="X-Seen"><value>@(context.Request.Headers.GetValueOrDefault("X-In",""))</value></set-header>
		<set-header name="Content-Type" exists-action="delete"/><set-body><![CDATA[<b>@</b>]]></set-body></outbound><on-error/></policies>`), nil)
	w := get(s)
	assert.Equal(t, 201, w.Code)
	assert.Equal(t, "default", w.Header().Get("X-Seen"))
	assert.Equal(t, "<b>@</b>", w.Body.String())
}

func TestCheckHeader(t *testing.T) {
	s := newStage(t, inbound(`<check-header name="Authorization" failed-check-httpcode="401" failed-check-error-message="Not you" ignore-case="true">
		<value>Basic A</value><value>basic b</value></check-header>`), nil)
	assert.Equal(t, `{ "statusCode": 401, "message": "Not you" }`, get(s).Body.String())
	assert.Equal(t, 401, s.send(0, "GET", "/api/x", "Basic C").Code)
	assert.Equal(t, 200, s.send(0, "GET", "/api/x", "BASIC B").Code)
}
