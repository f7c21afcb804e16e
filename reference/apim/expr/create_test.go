package expr_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// What published policies make with new, and the credentials of RFC 7617.
func TestCreated(t *testing.T) {
	for source, want := range map[string]any{
		`@(new [] {"POST", "PUT"}.Contains("PUT"))`:                                      true,
		`@(new string[] {"POST"}.Contains(context.Request.Method))`:                      false,
		`@(new [] {"post", "get"}.Contains("GET", StringComparer.OrdinalIgnoreCase))`:    true,
		`@(new [] {"post", "get"}.Contains("GET", StringComparer.Ordinal))`:              false,
		`@(new string[] {}.Length)`:                                                      int32(0),
		`@(string.Join("-", new [] {"a", null, "b"}))`:                                   "a--b",
		`@(new JObject().ToString())`:                                                    "{}",
		`@(new JObject(new JProperty("code", "401"), new JProperty("n", 1)).ToString())`: "{\n  \"code\": \"401\",\n  \"n\": 1\n}",
		`@{ var o = new JObject(new JProperty("a", true)); return new JObject(new JProperty("b", o), new JProperty("c", null)).ToString(); }`: "{\n  \"b\": {\n    \"a\": true\n  },\n  \"c\": null\n}",
		`@("Basic YWxpY2U6czpjcmV0".AsBasic().UserId)`:    "alice",
		`@("basic YWxpY2U6czpjcmV0".AsBasic()?.Password)`: "s:cret",
		`@("Bearer YWxpY2U6czpjcmV0".AsBasic() == null)`:  true,
		`@("Basic !".AsBasic()?.UserId ?? "nobody")`:      "nobody",
	} {
		p, err := expr.Compile(source)
		require.NoError(t, err, source)
		got, err := p.Eval(sample())
		require.NoError(t, err, source)
		assert.Equal(t, want, got, source)
	}
}

func TestNotCreated(t *testing.T) {
	for source, want := range map[string]string{
		`@(new List<string>())`:                         "new",
		`@(new int[] {1})`:                              "new",
		`@(new [] {1})`:                                 "a string is expected",
		`@(new [] {"a" "b"})`:                           "} is expected",
		`@(new [] {"a")`:                                "} is expected",
		`@(new [)`:                                      "new",
		`@(new)`:                                        "new",
		`@(new JObject("a"))`:                           "a JProperty is expected",
		`@(new JProperty("a"))`:                         "a name and a value",
		`@(new JProperty("a", context.Request))`:        "outside the subset",
		`@(new JProperty("a", "".AsJwt()))`:             "outside the subset",
		`@(new JProperty("a", context.Variables["x"]))`: "outside the subset",
		`@(new JObject(` + strings.Repeat("new JObject(", 300) + ")": "nested deeper",
	} {
		_, err := expr.Compile(source)
		assert.ErrorContains(t, err, want, source)
	}
}

// An object that holds itself twice, again and again, is not written out.
func TestObjectsAreBounded(t *testing.T) {
	source := `@{ var o = new JObject(new JProperty("a", "0123456789")); ` +
		strings.Repeat(`o = new JObject(new JProperty("a", o), new JProperty("b", o)); `, 40) + `return o.ToString(); }`
	p, err := expr.Compile(source)
	require.NoError(t, err)
	_, err = p.Eval(sample())
	assert.ErrorContains(t, err, "too long")
	p, err = expr.Compile(`@(new JObject(new JProperty("a", 1), new JProperty("a", 2)).ToString())`)
	require.NoError(t, err)
	_, err = p.Eval(sample())
	assert.ErrorContains(t, err, "twice")
}
