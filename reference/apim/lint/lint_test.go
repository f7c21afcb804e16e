package lint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim/lint"
)

// fixture reads a directory of fixtures/apim.
func fixture(t testing.TB, dir string) []lint.File {
	names, err := fs.Glob(apimpolicies.Files, dir+"/*.xml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	var files []lint.File
	for _, name := range names {
		text, err := fs.ReadFile(apimpolicies.Files, name)
		require.NoError(t, err)
		files = append(files, lint.File{Name: path.Base(name), Scope: lint.ScopeByName(name), Text: string(text)})
	}
	return files
}

// rules are the findings as "file rule".
func rules(t testing.TB, files []lint.File, o lint.Options) []string {
	t.Helper()
	findings, err := lint.Lint(files, o)
	require.NoError(t, err)
	out := []string{}
	for _, f := range findings {
		assert.Positive(t, f.Line)
		out = append(out, f.File+" "+f.Rule.ID)
	}
	return out
}

func TestSilentOnTheBest(t *testing.T) {
	for _, tier := range []lint.Tier{lint.Unknown, lint.Classic, lint.V2} {
		assert.Empty(t, rules(t, fixture(t, "hardened/redis"), lint.Options{Tier: tier}))
		assert.Empty(t, rules(t, fixture(t, "hardened/quota"), lint.Options{Tier: tier}))
		assert.Empty(t, rules(t, fixture(t, "hardened/counter"), lint.Options{Tier: tier, TokenLifetime: 5 * time.Minute}),
			"counters suffice for tokens that live no longer than the window")
	}
	assert.Empty(t, rules(t, fixture(t, "hardened/redis"), lint.Options{Tier: lint.Consumption}))
}

// What the README says that each variant misses, as far as documents show it.
func TestFixtures(t *testing.T) {
	assert.Equal(t, []string{
		"global.xml raw-header-key", "global.xml raw-token-key", "global.xml limiter-before-validate-jwt", "global.xml empty-key", "global.xml window-shorter-than-token",
		"logout.xml raw-header-key", "logout.xml raw-token-key", "logout.xml single-increment", "logout.xml counts-failed-logout", "logout.xml window-shorter-than-token",
	}, rules(t, fixture(t, "recipe"), lint.Options{}))
	assert.Equal(t, []string{"api.xml window-shorter-than-token", "logout.xml window-shorter-than-token"},
		rules(t, fixture(t, "hardened/counter"), lint.Options{}))
	assert.Equal(t, []string{"api.xml cache-fails-open", "api.xml cache-volatile", "logout.xml cache-volatile"},
		rules(t, fixture(t, "hardened/cache"), lint.Options{}))
}

const (
	counterKey = `counter-key="@((string)context.Variables["revocation-key"])"`
	success    = `increment-condition="@(context.Response.StatusCode >= 200 && context.Response.StatusCode < 300)"`
)

// Each hole is planted into a sound variant, and is the only thing found.
// Lifetime is 5 minutes, so that the counters of the variant are sound.
func TestPlantedHoles(t *testing.T) {
	tests := map[string]struct {
		variant, file, old, fresh string
		options                   lint.Options
		want                      []string
	}{
		"shorter window": {"counter", "logout.xml", `renewal-period="300"`, `renewal-period="60"`, lint.Options{Tier: lint.Classic},
			[]string{"logout.xml window-shorter-than-token"}},
		"longer tokens": {"counter", "", "", "", lint.Options{TokenLifetime: time.Hour},
			[]string{"api.xml window-shorter-than-token", "logout.xml window-shorter-than-token"}},
		"short duration": {"redis", "logout.xml", `duration="@((int)Math.Max(1.0, Math.Ceiling((((Jwt)context.Variables["jwt"]).ExpirationTime - DateTime.UtcNow).Value.TotalSeconds)) + 60)"`,
			`duration="120"`, lint.Options{}, []string{"logout.xml window-shorter-than-token"}},
		"anchored quota": {"quota", "api.xml", `renewal-period="0"`, `renewal-period="86400"`, lint.Options{},
			[]string{"api.xml quota-window-anchored"}},
		"period over 300": {"counter", "logout.xml", `renewal-period="300"`, `renewal-period="3600"`, lint.Options{Tier: lint.Classic},
			[]string{"logout.xml period-over-300"}},
		"different calls on v2": {"counter", "api.xml", `calls="1"`, `calls="2"`, lint.Options{Tier: lint.V2},
			[]string{"logout.xml mixed-parameters"}},
		"different calls on classic": {"counter", "api.xml", `calls="1"`, `calls="2"`, lint.Options{Tier: lint.Classic},
			[]string{}},
		"raw header": {"quota", "both", counterKey, `counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))"`, lint.Options{},
			[]string{"api.xml raw-header-key", "api.xml raw-token-key", "logout.xml raw-header-key", "logout.xml raw-token-key"}},
		"raw token": {"quota", "both", counterKey, `counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization","").Split(' ').Last())"`, lint.Options{},
			[]string{"api.xml raw-header-key", "api.xml raw-token-key", "logout.xml raw-header-key", "logout.xml raw-token-key"}},
		"consumption": {"quota", "", "", "", lint.Options{Tier: lint.Consumption},
			[]string{"api.xml consumption-tier", "logout.xml consumption-tier"}},
		"internal cache": {"redis", "logout.xml", `value="1" caching-type="external"`, `value="1" caching-type="internal"`, lint.Options{},
			[]string{"api.xml check-never-refuses", "logout.xml cache-volatile"}},
		"single increment": {"counter", "logout.xml", ` increment-count="2"`, ``, lint.Options{},
			[]string{"logout.xml single-increment"}},
		"counts the failed": {"counter", "logout.xml", success, `increment-condition="@(true)"`, lint.Options{},
			[]string{"logout.xml counts-failed-logout"}},
		"counts at once": {"counter", "logout.xml", success, `increment-condition="true"`, lint.Options{},
			[]string{"logout.xml counts-failed-logout"}},
		"counts always": {"counter", "logout.xml", success, ``, lint.Options{},
			[]string{"logout.xml counts-failed-logout"}},
		"stores the failed": {"redis", "logout.xml", `<when condition="@(context.Response.StatusCode >= 200 && context.Response.StatusCode < 300)">`, `<when condition="true">`, lint.Options{},
			[]string{"logout.xml counts-failed-logout"}},
		"other key at logout": {"quota", "logout.xml", counterKey, `counter-key="@("other" + (string)context.Variables["revocation-key"])"`, lint.Options{},
			[]string{"api.xml logout-not-covered", "logout.xml check-missing"}},
		"throttle on the key": {"quota", "api.xml", "    </inbound>", `        <quota-by-key calls="1000" renewal-period="300" ` + counterKey + `/>` + "\n    </inbound>", lint.Options{},
			[]string{"api.xml shared-counter"}},
		"throttle on another key": {"quota", "api.xml", "    </inbound>", `        <rate-limit-by-key calls="1000" renewal-period="10" counter-key="@(context.Request.IpAddress)"/>` + "\n    </inbound>", lint.Options{},
			[]string{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			files := fixture(t, "hardened/"+tt.variant)
			planted := tt.old == ""
			for i := range files {
				if files[i].Name == tt.file || tt.file == "both" {
					planted = planted || strings.Contains(files[i].Text, tt.old)
					files[i].Text = strings.ReplaceAll(files[i].Text, tt.old, tt.fresh)
				}
			}
			require.True(t, planted, "the hole was not planted")
			if tt.options.TokenLifetime == 0 {
				tt.options.TokenLifetime = 5 * time.Minute
			}
			assert.Equal(t, tt.want, rules(t, files, tt.options))
		})
	}
}

func global(policies string) []lint.File {
	return []lint.File{{Name: "global.xml", Scope: "global", Text: "<policies><inbound>\n" + policies + "\n</inbound></policies>"}}
}

func TestUnverified(t *testing.T) {
	files := append(global(`<quota-by-key calls="1" renewal-period="0" increment-condition="false" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt()?.Id)"/>`),
		lint.File{Name: "logout.xml", Scope: "operation/logout", Text: "<policies><inbound><base/>\n" + `<quota-by-key calls="1" renewal-period="0" increment-condition="@(context.Response.StatusCode == 204)" increment-count="2" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt()?.Id)"/></inbound></policies>`})
	assert.Equal(t, []string{
		"global.xml limiter-before-validate-jwt", "global.xml empty-key", "global.xml unverified-jwt-key",
		"logout.xml limiter-before-validate-jwt", "logout.xml empty-key", "logout.xml unverified-jwt-key",
	}, rules(t, files, lint.Options{}))
}

func TestCacheFailsOpen(t *testing.T) {
	files := fixture(t, "hardened/cache")
	for i := range files {
		files[i].Text = strings.ReplaceAll(files[i].Text, "prefer-external", "external")
	}
	assert.Equal(t, []string{"api.xml cache-fails-open"}, rules(t, files, lint.Options{}))
}

func TestCoverage(t *testing.T) {
	all := fixture(t, "hardened/quota") // api.xml, logout.xml
	assert.Equal(t, []string{"api.xml logout-not-covered"}, rules(t, all[:1], lint.Options{}))
	assert.Equal(t, []string{"logout.xml check-missing"}, rules(t, all[1:], lint.Options{}))

	all[0].Scope, all[0].Name = "global", "global.xml"
	all[1].Scope = "operation/auth/logout" // of another API than orders
	silent := lint.File{Name: "orders.xml", Scope: "api/orders", Text: "<policies>\n<inbound>\n</inbound></policies>"}
	assert.Equal(t, []string{"orders.xml check-bypassed"}, rules(t, append(all, silent), lint.Options{}))
	silent.Text = "<policies>\n<inbound>\n<base/></inbound></policies>"
	assert.Empty(t, rules(t, append(all, silent), lint.Options{}))
}

// A limiter inside choose is judged only for requests that reach it.
func TestGuardedLimiter(t *testing.T) {
	limiter := `<rate-limit-by-key calls="1" renewal-period="300" increment-condition="false" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))"/>`
	guarded := `<choose><when condition="@(context.Request.Headers.ContainsKey("Authorization"))">` + limiter + `</when></choose>`
	o := lint.Options{TokenLifetime: time.Minute}
	assert.Contains(t, rules(t, global(limiter), o), "global.xml empty-key")
	assert.NotContains(t, rules(t, global(guarded), o), "global.xml empty-key")
}

func TestNamedValues(t *testing.T) {
	files := fixture(t, "hardened/counter")
	for i := range files {
		files[i].Text = strings.ReplaceAll(files[i].Text, `renewal-period="300"`, `renewal-period="{{window}}"`)
	}
	o := lint.Options{TokenLifetime: 2 * time.Minute}
	assert.Empty(t, rules(t, files, o))
	o.NamedValues = map[string]string{"window": "60"}
	assert.Equal(t, []string{"api.xml window-shorter-than-token", "logout.xml window-shorter-than-token"}, rules(t, files, o))
}

// What is outside is named and left out; the rest of the file and its siblings
// are judged.
func TestJudgesAroundWhatItDoesNotKnow(t *testing.T) {
	counted := `<rate-limit-by-key calls="1" renewal-period="300" increment-condition="false" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))"/>`
	findings, err := lint.Lint(global("<soap-shield/>\n"+counted), lint.Options{})
	require.NoError(t, err)
	assert.Contains(t, said(findings), "global.xml:2 not-judged <soap-shield> is not known: it could return early, set a variable or change the token's header")
	assert.Contains(t, rules(t, global("<soap-shield/>\n"+counted), lint.Options{}), "global.xml raw-header-key")

	broken := append(fixture(t, "recipe"), lint.File{Name: "f.xml", Scope: "api/f", Text: "<policies>"})
	findings, err = lint.Lint(broken, lint.Options{})
	assert.ErrorContains(t, err, "f.xml:1")
	assert.Contains(t, strings.Join(said(findings), "\n"), "global.xml:4 raw-header-key")
	assert.Contains(t, strings.Join(said(findings), "\n"), "f.xml:1 not-judged")

	_, err = lint.Lint([]lint.File{{Name: "f.xml", Scope: "planet", Text: "<policies/>"}}, lint.Options{})
	assert.ErrorContains(t, err, `f.xml: the scope "planet"`)
}

// said are findings as "file:line rule message".
func said(findings []lint.Finding) []string {
	lines := []string{}
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s:%d %s %s", f.File, f.Line, f.Rule.ID, f.Message))
	}
	return lines
}

func TestScopeByName(t *testing.T) {
	for name, want := range map[string]string{
		"a/global.xml": "global", "api.xml": "api/api", `c:\x\api-orders.xml`: "api/orders", "product-gold.xml": "product/gold", "logout.xml": "operation/logout",
	} {
		assert.Equal(t, want, lint.ScopeByName(name))
	}
}

func TestRuleIDsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range lint.Rules() {
		assert.False(t, seen[r.ID], r.ID)
		seen[r.ID] = true
		assert.NotEmpty(t, r.Title+r.Why)
		assert.NotEmpty(t, r.Fix)
	}
}

func TestWriters(t *testing.T) {
	findings, err := lint.Lint(fixture(t, "hardened/cache"), lint.Options{})
	require.NoError(t, err)
	require.Len(t, findings, 3)

	var text bytes.Buffer
	require.NoError(t, lint.WriteText(&text, findings))
	assert.Contains(t, text.String(), "api.xml:17: cache-fails-open: with the cache away the request goes through\n    A cache that is away accepts every token.\n    why: ")
	assert.True(t, strings.HasSuffix(text.String(), "3 findings\n"))

	var raw bytes.Buffer
	require.NoError(t, lint.WriteJSON(&raw, findings))
	var decoded struct {
		Schema   int
		Findings []struct {
			File, Rule string
			Line       int
		}
	}
	require.NoError(t, json.Unmarshal(raw.Bytes(), &decoded))
	require.Len(t, decoded.Findings, 3)
	assert.Equal(t, 17, decoded.Findings[0].Line)
	assert.Equal(t, "cache-fails-open", decoded.Findings[0].Rule)

	raw.Reset()
	require.NoError(t, lint.WriteSARIF(&raw, findings))
	report, err := sarif.FromBytes(raw.Bytes())
	require.NoError(t, err)
	require.Len(t, report.Runs, 1)
	require.Len(t, report.Runs[0].Results, 3)
	assert.Len(t, report.Runs[0].Tool.Driver.Rules, len(lint.Rules()))
	first := report.Runs[0].Results[0]
	assert.Equal(t, "cache-fails-open", *first.RuleID)
	assert.Equal(t, 17, *first.Locations[0].PhysicalLocation.Region.StartLine)
}

func TestWritersWithNothing(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, lint.WriteText(&b, nil))
	assert.Equal(t, "no findings\n", b.String())
	b.Reset()
	require.NoError(t, lint.WriteJSON(&b, nil))
	assert.Contains(t, b.String(), `"findings": []`)
	b.Reset()
	require.NoError(t, lint.WriteSARIF(&b, nil))
	assert.Contains(t, b.String(), `"results": []`)
}

// A document as large as API Management takes costs no more than its size.
func TestLintIsBounded(t *testing.T) {
	for name, policy := range map[string]string{
		"counters":           `<quota-by-key calls="1" renewal-period="0" counter-key="k%d" increment-condition="@(true)"/>`,
		"look-ups":           `<cache-lookup-value key="@(context.Request.Method + %d)" variable-name="v"/>`,
		"token look-ups":     `<cache-lookup-value key="@(context.Request.Headers.GetValueOrDefault("Authorization","") + "%d")" variable-name="v%d"/><choose><when condition="@(context.Variables.ContainsKey("v%d"))"><return-response><set-status code="401"/></return-response></when></choose>`,
		"token stores":       `<cache-store-value key="@(context.Request.Headers.GetValueOrDefault("Authorization","") + "%d")" value="1" duration="9"/><cache-lookup-value key="@(context.Request.Headers.GetValueOrDefault("Authorization","") + "%d")" variable-name="v%d"/>`,
		"variables":          `<set-variable name="v%d" value="@((string)context.Variables["v%e"])"/>`,
		"unknown conditions": `<choose><when condition="@(context.Cookies == %d)"><set-variable name="v" value="1"/></when></choose>`,
		"stores":             `<cache-store-value key="@(context.Request.Url.Path + "%d")" value="1" duration="5"/>`,
	} {
		var text strings.Builder
		elements := strings.Count(policy, "<") - strings.Count(policy, "</")
		for i := 0; i < 4900/elements && text.Len() < 240<<10; i++ {
			text.WriteString(strings.ReplaceAll(strings.ReplaceAll(policy, "%e", fmt.Sprint(i+1)), "%d", fmt.Sprint(i)) + "\n")
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := lint.Lint(append(global(text.String()), lint.File{Name: "logout.xml", Scope: "operation/logout", Text: "<policies><inbound><base/></inbound></policies>"}), lint.Options{})
		runtime.ReadMemStats(&after)
		require.NoError(t, err)
		t.Log(name, (after.TotalAlloc-before.TotalAlloc)>>20)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2<<30), name) // of which the race detector needs half
	}
}

func FuzzLint(f *testing.F) {
	dirs := []string{"recipe", "hardened/counter", "hardened/redis", "sets/holes/12-get-only", "sets/holes/17-never-equal", "sets/holes/20-login-removes", "sets/sound/s6-uti"}
	for _, dir := range dirs {
		for _, file := range fixture(f, dir) {
			f.Add(file.Text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		findings, _ := lint.Lint([]lint.File{
			{Name: "f.xml", Scope: "operation/logout", Text: text}, {Name: "api.xml", Scope: "api/api", Text: text},
			{Name: "f.fragment", Scope: "fragment/f", Text: strings.NewReplacer("<policies>", "<fragment>", "</policies>", "</fragment>").Replace(text)},
		}, lint.Options{})
		for _, f := range findings {
			if f.Line < 1 || f.Message == "" {
				t.Fatalf("a finding without a place: %+v", f)
			}
		}
	})
}
