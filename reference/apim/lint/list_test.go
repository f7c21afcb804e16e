package lint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim/lint"
)

// unverified reads the ID of a token that nobody has verified.
const unverified = `counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt()?.Id)"`

// validation is the validate-jwt element, from its first line to its last.
func validation(text string) string {
	from, to := strings.Index(text, "<validate-jwt"), strings.Index(text, "</validate-jwt>")
	return text[from : to+len("</validate-jwt>")]
}

// holes is what the command is to find: each is planted into the check of a
// sound variant, where it is reported on the line that holds the mark.
var holes = map[string]struct {
	variant, file, mark string
	plant               func(text string) string
	rule                lint.Rule
	options             lint.Options
}{
	"window shorter than the token's life": {"counter", "api.xml", "<rate-limit-by-key", swap(`renewal-period="300"`, `renewal-period="60"`), lint.ShortWindow, lint.Options{Tier: lint.Classic}},
	"period over 300":                      {"counter", "api.xml", "<rate-limit-by-key", swap(`renewal-period="300"`, `renewal-period="301"`), lint.LongPeriod, lint.Options{}},
	"raw header as key":                    {"quota", "api.xml", "<quota-by-key", swap(counterKey, `counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))"`), lint.RawHeader, lint.Options{}},
	"raw token as key":                     {"quota", "api.xml", "<quota-by-key", swap(counterKey, `counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization","").Split(' ').Last())"`), lint.RawToken, lint.Options{}},
	"key of an unverified token":           {"quota", "api.xml", "<quota-by-key", unvalidated, lint.UnverifiedKey, lint.Options{}},
	"empty key without the header":         {"quota", "api.xml", "<quota-by-key", unvalidated, lint.EmptyKey, lint.Options{}},
	"limiter before validate-jwt":          {"quota", "api.xml", "<quota-by-key", unvalidated, lint.BeforeValidation, lint.Options{}},
	"differing calls under v2":             {"counter", "logout.xml", "<rate-limit-by-key", swap(`calls="1"`, `calls="3"`), lint.MixedParameters, lint.Options{Tier: lint.V2}},
	"differing period under v2":            {"counter", "logout.xml", "<rate-limit-by-key", swap(`renewal-period="300"`, `renewal-period="299"`), lint.MixedParameters, lint.Options{Tier: lint.V2}},
	"Consumption tier":                     {"quota", "api.xml", "<quota-by-key", swap("", ""), lint.NoCounters, lint.Options{Tier: lint.Consumption}},
	"cache that fails open":                {"redis", "api.xml", `<cache-lookup-value key="@(`, withoutEpoch, lint.FailsOpen, lint.Options{}},
	"logout not covered":                   {"quota", "api.xml", "<quota-by-key", swap(counterKey, `counter-key="@("x" + (string)context.Variables["revocation-key"])"`), lint.NoLogout, lint.Options{}},
}

func swap(old, fresh string) func(string) string {
	return func(text string) string { return strings.Replace(text, old, fresh, 1) }
}

// unvalidated takes the validation away, and keys on what nobody verified.
func unvalidated(text string) string {
	lines := strings.Repeat("\n", strings.Count(validation(text), "\n"))
	return swap(counterKey, unverified)(swap(validation(text), lines)(text))
}

// withoutEpoch no longer asks whether the cache remembers anything.
func withoutEpoch(text string) string {
	from, to := strings.Index(text, "<choose>"), strings.Index(text, "\n        </choose>")+len("\n        </choose>")
	return text[:from] + strings.Repeat("\n", strings.Count(text[from:to], "\n")) + text[to:]
}

// TestEveryHoleOfTheList: each is found, at its line, with why and what to do,
// in every form; and without it nothing is.
func TestEveryHoleOfTheList(t *testing.T) {
	for name, hole := range holes {
		t.Run(name, func(t *testing.T) {
			hole.options.TokenLifetime = 5 * time.Minute
			files := fixture(t, "hardened/"+hole.variant)
			if hole.rule != lint.NoCounters {
				require.Empty(t, rules(t, files, hole.options))
			}
			i := slices.IndexFunc(files, func(f lint.File) bool { return f.Name == hole.file })
			files[i].Text = hole.plant(files[i].Text)
			line := 1 + strings.Count(files[i].Text[:strings.Index(files[i].Text, hole.mark)], "\n")
			findings, err := lint.Lint(files, hole.options)
			require.NoError(t, err)
			at := slices.IndexFunc(findings, func(f lint.Finding) bool { return f.Rule.ID == hole.rule.ID && path.Base(f.File) == hole.file })
			require.GreaterOrEqual(t, at, 0, "not found; found is %v", findings)
			assert.Equal(t, line, findings[at].Line)
			assertWritten(t, findings[at])
		})
	}
}

// assertWritten holds each form to the place, the reason and the fix.
func assertWritten(t *testing.T, f lint.Finding) {
	t.Helper()
	for form, write := range map[string]func(*bytes.Buffer) error{
		"text":  func(b *bytes.Buffer) error { return lint.WriteText(b, []lint.Finding{f}) },
		"JSON":  func(b *bytes.Buffer) error { return lint.WriteJSON(b, []lint.Finding{f}) },
		"SARIF": func(b *bytes.Buffer) error { return lint.WriteSARIF(b, []lint.Finding{f}) },
	} {
		var b bytes.Buffer
		require.NoError(t, write(&b))
		for _, want := range []string{f.Rule.ID, f.File, fmt.Sprint(f.Line), f.Rule.Why, f.Rule.Fix} {
			if form != "text" {
				quoted, err := json.Marshal(want)
				require.NoError(t, err)
				want = strings.Trim(string(quoted), `"`)
			}
			assert.Contains(t, b.String(), want, form)
		}
	}
}
