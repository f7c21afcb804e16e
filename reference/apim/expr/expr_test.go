package expr_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// unsigned builds a token whose signature is nonsense: AsJwt does not look.
func unsigned(claims string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + enc([]byte(claims)) + ".c2ln"
}

func sample() *expr.Context {
	u, _ := url.Parse("https://gw.example/api/things?a=1&b=2&b=3")
	token := unsigned(`{"jti":"id-1","iss":"me","sub":"alice","exp":1772604367,"roles":["r1","r2"],"n":12}`)
	return &expr.Context{
		Request: &expr.Request{
			Header: http.Header{"Authorization": {"Bearer " + token}, "X-Two": {"a", "b"}},
			Method: "GET", URL: u, OriginalURL: u, IPAddress: "192.0.2.1", Matched: map[string]string{"id": "7"},
		},
		Response:  &expr.Response{StatusCode: 204, Header: http.Header{"X-R": {"v"}}},
		Variables: map[string]any{"s": "text", "n": int32(4), "jwt": expr.ParseJwt(token)},
		API:       &expr.Named{ID: "api-1", Name: "things"}, Operation: &expr.Named{ID: "op", Name: "logout", Method: "POST", Path: "/logout"},
		RequestID: "5b9d", Timestamp: now, Now: func() time.Time { return now },
	}
}

// Each value is worked out by hand from the C# language and APIM's reference
// of context.
func TestEval(t *testing.T) {
	tests := []struct {
		source string
		typ    expr.Type
		want   any
	}{
		{`@(1==1)`, expr.Bool, true},
		{`@(1==2)`, expr.Bool, false},
		{`@(2 + 3 * 4 - 10 / 3 % 2)`, expr.Int, int32(13)},
		{`@((2 + 3) * 4)`, expr.Int, int32(20)},
		{`@(-3 + +5)`, expr.Int, int32(2)},
		{`@(2147483647 + 1)`, expr.Int, int32(-2147483648)},
		{`@(7 / 2)`, expr.Int, int32(3)},
		{`@(7 / 2.0)`, expr.Double, 3.5},
		{`@((int)3.9)`, expr.Int, int32(3)},
		{`@("a" + 1 + 'c' + true + null)`, expr.String, "a1cTrue"},
		{`@('a' == 'a')`, expr.Bool, true},
		{`@(1 < 2 && 2 <= 2 && 3 > 2 && !(3 >= 4) || false)`, expr.Bool, true},
		{`@(1 > 2 ? "x" : "y")`, expr.String, "y"},
		{`@(null ?? "z")`, expr.String, "z"},
		{`@(@"a\b""c")`, expr.String, `a\b"c`},
		{`@("tab\t\u0041")`, expr.String, "tab\tA"},
		{`@($"{1+1}-{context.Request.Method}-{{x}}")`, expr.String, "2-GET-{x}"},
		{`@($"{context.Variables["s"]}-{$"{"}"}"}-{context.Request.Headers["X-Two"][0]}")`, expr.String, "text-}-a"},
		{`@(context.Request.Url.Port + context.Request.Url.Scheme)`, expr.String, "443https"},
		{`@(/* why */ 1 // because
		 )`, expr.Int, int32(1)},

		{`@(context.Request.Method)`, expr.String, "GET"},
		{`@(context.Request.Headers.GetValueOrDefault("x-two",""))`, expr.String, "a,b"},
		{`@(context.Request.Headers["X-Two"][1])`, expr.String, "b"},
		{`@(context.Request.Headers.GetValueOrDefault("None"))`, expr.String, nil},
		{`@(context.Request.Headers.GetValueOrDefault("None","d"))`, expr.String, "d"},
		{`@(context.Request.Headers.ContainsKey("None"))`, expr.Bool, false},
		{`@(context.Request.Url.Path)`, expr.String, "/api/things"},
		{`@(context.Request.Url.Query.GetValueOrDefault("b",""))`, expr.String, "2,3"},
		{`@(context.Request.OriginalUrl.Host + context.Request.Url.QueryString)`, expr.String, "gw.example?a=1&b=2&b=3"},
		{`@(context.Request.MatchedParameters["id"])`, expr.String, "7"},
		{`@(context.Request.IpAddress)`, expr.String, "192.0.2.1"},
		{`@(context.Response.StatusCode == 204)`, expr.Bool, true},
		{`@(context.Response.Headers.GetValueOrDefault("X-R",""))`, expr.String, "v"},
		{`@(context.Operation.Name + context.Api.Id)`, expr.String, "logoutapi-1"},
		{`@(context.Subscription?.Key ?? "none")`, expr.String, "none"},
		{`@(context.Product?.Name == null)`, expr.Bool, true},
		{`@(context.Timestamp == DateTime.UtcNow)`, expr.Bool, true},
		{`@(context.RequestId.ToString())`, expr.String, "5b9d"},

		{`@((string)context.Variables["s"])`, expr.String, "text"},
		{`@(context.Variables.GetValueOrDefault<string>("none", "d"))`, expr.String, "d"},
		{`@(context.Variables.GetValueOrDefault<int>("n"))`, expr.Int, int32(4)},
		{`@(context.Variables.GetValueOrDefault<bool>("none"))`, expr.Bool, false},
		{`@(context.Variables.GetValueOrDefault("n", 9) + 1)`, expr.Int, int32(5)},
		{`@(context.Variables.ContainsKey("s"))`, expr.Bool, true},
		{`@(Convert.ToInt32("42") + Convert.ToInt32(context.Variables["n"]))`, expr.Int, int32(46)},
		{`@(int.Parse("5") + Math.Max(1, 2) + Math.Min(3, 4))`, expr.Int, int32(10)},
		{`@((long)1 + 2)`, expr.Long, int64(3)},

		{`@(context.Request.Headers.GetValueOrDefault("Authorization","").AsJwt()?.Subject)`, expr.String, "alice"},
		{`@("nonsense".AsJwt()?.Claims.GetValueOrDefault("sub", "") ?? "no")`, expr.String, "no"},
		{`@("nonsense".AsJwt() == null)`, expr.Bool, true},
		{`@(((Jwt)context.Variables["jwt"]).Id)`, expr.String, "id-1"},
		{`@(((Jwt)context.Variables["jwt"]).Claims["roles"].Contains("r2"))`, expr.Bool, true},
		{`@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("n","") + ((Jwt)context.Variables["jwt"]).Algorithm)`, expr.String, "12HS256"},
		// 2026-03-04T06:06:07Z, an hour after now.
		{`@((int)(((Jwt)context.Variables["jwt"]).ExpirationTime - DateTime.UtcNow).Value.TotalSeconds)`, expr.Int, int32(3600)},
		{`@(((Jwt)context.Variables["jwt"]).ExpirationTime > DateTime.UtcNow)`, expr.Bool, true},
		{`@(((Jwt)context.Variables["jwt"]).NotBefore?.Year ?? 0)`, expr.Int, int32(0)},
		{`@(((Jwt)context.Variables["jwt"]).NotBefore.HasValue)`, expr.Bool, false},
		{`@(DateTime.UtcNow.AddHours(1) - TimeSpan.FromMinutes(60) == DateTime.UtcNow)`, expr.Bool, true},
		// 63 907 837 567 s since the year 1, by .NET's definition of Ticks.
		{`@(context.Timestamp.Ticks / 10000000)`, expr.Long, int64(62135596800 + 1772600767)},

		{`@("a.b.c".Split('.')[2])`, expr.String, "c"},
		{`@("a b".Split(' ').Last())`, expr.String, "b"},
		{`@("a.b.c".Substring(0, "a.b.c".LastIndexOf('.')))`, expr.String, "a.b"},
		{`@("é.b".IndexOf("."))`, expr.Int, int32(1)},
		{`@("Bearer x".StartsWith("bearer ", StringComparison.OrdinalIgnoreCase))`, expr.Bool, true},
		{`@(" Ab ".Trim().ToLower() + "Ab".ToUpperInvariant() + "x".Length + "xyz"[1])`, expr.String, "abAB1y"},
		{`@("aXbX".Replace("X", "--"))`, expr.String, "a--b--"},
		{`@(string.IsNullOrEmpty(null) && string.IsNullOrWhiteSpace(" "))`, expr.Bool, true},
		{`@(string.Join("|", "a,b".Split(',')) + string.Concat("x", 1, null))`, expr.String, "a|bx1"},

		// Written as people write it.
		{`@(context.Variables["s"] as string)`, expr.String, "text"},
		{`@(context.Variables["n"] as string ?? "none")`, expr.String, "none"},
		{`@(context.Variables["s"] is string && !(context.Variables["n"] is string))`, expr.Bool, true},
		{`@((context.Variables["jwt"] as Jwt)?.Id)`, expr.String, "id-1"},
		{`@(((IReadOnlyDictionary<string,string[]>)context.Request.Headers).ContainsKey("x-two"))`, expr.Bool, true},
		{`@(((IEnumerable<string>)context.Request.Headers["X-Two"]).Contains("b"))`, expr.Bool, true},
		{`@(context.Request.Headers.GetValueOrDefault(headerName: "X-Two", defaultValue: ""))`, expr.String, "a,b"},
		{`@(context.Request.Headers.GetValueOrDefault(defaultValue: "d", headerName: "None"))`, expr.String, "d"},
		{`@(string.Format("{0}|{1}|{{x}}", "a", 1))`, expr.String, "a|1|{x}"},
		{`@(Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E").ToString("N"))`, expr.String, "0f8fad5bd9cb469fa16570867728950e"},
		{`@(Regex.Replace("Bearer \t x.y", "^[Bb]earer\\s+", ""))`, expr.String, "x.y"},
		{`@(Regex.IsMatch("BEARER x", "^bearer", RegexOptions.IgnoreCase))`, expr.Bool, true},
		{`@(Regex.Match("id=42;", @"id=(\d+)").Groups[1].Value)`, expr.String, "42"},
		{`@(context.Operation.Method + context.Operation.UrlTemplate)`, expr.String, "POST/logout"},
		{`@(context.User?.Id ?? "nobody")`, expr.String, "nobody"},
		{`@(context.Subscription?.Name == null)`, expr.Bool, true},
		{`@(context.Variables["s"] == "text")`, expr.Bool, false}, // compares references
		{`@("a,b".Split(',').Any(x => x == "b"))`, expr.Bool, true},
		{`@("a,b".Split(',').FirstOrDefault(x => x.StartsWith("c")))`, expr.String, nil},
		{`@(string.Join("+", "a,b".Split(',').Select(x => x.ToUpper() + x)))`, expr.String, "Aa+Bb"},
		{`@("Bearer \t x".Split().Last() + "a b\tc".Split(' ', '\t')[2])`, expr.String, "xc"},
		{`@("a  b".Split(new char[] {' '}, StringSplitOptions.RemoveEmptyEntries)[1])`, expr.String, "b"},
		{`@("--a-".Trim('-') + "a".Split(new [] {','})[0])`, expr.String, "aa"},
		// From FIPS 180-2, appendix B.1: SHA-256 of "abc".
		{`@(BitConverter.ToString(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes("abc"))).Replace("-", "").Substring(0, 8))`, expr.String, "BA7816BF"},
		{`@(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("abc")))`, expr.String, "YWJj"},
		{`@("a b".Split(null)[1] + "-a".Trim(null))`, expr.String, "b-a"},
		{`@(SHA256.HashData(null) == null)`, expr.Bool, false},
		{`@(context.Request.Headers.GetValueOrDefault("None", new string[] {"x"})[0])`, expr.String, "x"},
		{`@{ var k = "a"; k += "b"; return k; }`, expr.String, "ab"},

		{`@{ return 1; }`, expr.Int, int32(1)},
		{`@{ Jwt jwt; if (context.Request.Headers.GetValueOrDefault("Authorization","").Split(' ')[1].TryParseJwt(out jwt)) { return jwt.Id; } return "no"; }`, expr.String, "id-1"},
		{`@{ if ("nonsense".TryParseJwt(out Jwt jwt)) { return "yes"; } return jwt?.Id ?? "no"; }`, expr.String, "no"},
		{`@{ Jwt jwt; context.Request.Headers["X-Two"].Last().TryParseJwt(out jwt); return jwt == null; }`, expr.Bool, true},
		{`@{ string[] v; if (context.Request.Headers.TryGetValue("x-two", out v) && v.Length > 1) { return v[1]; } return null; }`, expr.String, "b"},
		{`@(context.Request.Headers.TryGetValue("None", out var v) ? v[0] : "none")`, expr.String, "none"},
		{`@{ var x = "a"; if (x == "b") { return 1; } else if (x == "a") return 2; return 3; }`, expr.Int, int32(2)},
		{`@{ string h = context.Request.Headers.GetValueOrDefault("None", null); if (h == null) { h = "d"; } return h; }`, expr.String, "d"},
		{`@{ if (true) { return null; } return "x"; }`, expr.String, nil},
		{`@{ if (false) { return 1; } return 2.5; }`, expr.Double, 2.5},
	}
	for _, tt := range tests {
		t.Run(tt.source, func(t *testing.T) {
			p, err := expr.Compile(tt.source)
			require.NoError(t, err)
			assert.Equal(t, tt.typ, p.Type)
			got, err := p.Eval(sample())
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

// What C# reports while compiling is an error here too, and so is all that is
// outside the subset; the message names what it was.
func TestCompileRefuses(t *testing.T) {
	tests := map[string]string{
		`@()`:                       "a value is expected",
		`@(1 +)`:                    "a value is expected",
		`@(1 1)`:                    "not expected here",
		`@(`:                        "written @(",
		`@(1 + true)`:               "no meaning",
		`@(1 == "1")`:               "cannot compare",
		`@("a" && true)`:            "needs two bools",
		`@(!1)`:                     "a bool is expected",
		`@(-"a")`:                   "needs a number",
		`@(1 ?? 2)`:                 "can be null",
		`@(true ? 1 : "x")`:         "no common type",
		`@((int)"5")`:               "cannot be cast",
		`@(1?.ToString())`:          "can be null",
		`@(nothing)`:                `"nothing"`,
		`@(context.Requestt)`:       `"Requestt"`,
		`@(context.Request.Body)`:   `"Body"`,
		`@(context.Cookies)`:        `"Cookies"`,
		`@("a".Foo())`:              `"Foo"`,
		`@("a".Substring("x"))`:     "no Substring",
		`@(Math.Sin(1.0))`:          `"Sin"`,
		`@(System.IO.File)`:         `"System"`,
		`@(new DateTime(1970,1,1))`: `"new"`,
		`@("a".Split(',').Any(x => { return true; }))`: "lambda",
		`@("a".Split(',').OrderBy(x => x).First())`:    "outside the subset",
		`@((IResponse)context.Variables["r"])`:         "outside the subset",
		`@("a" is string s)`:                           "outside the subset",
		`@("a".Foo<int>(x: 1))`:                        "Foo of string",
		`@('Authorization')`:                           "one character",
		`@('')`:                                        "one character",
		`@("a)`:                                        "not closed",
		`@("\q")`:                                      "escape",
		`@(context.Variables["x"] == 1)`:               "cast one of them",
		`@(99999999999999999999)`:                      "not a number",
		`@(1m)`:                                        "not a number",
		`@($"{1:N2}")`:                                 "format",
		`@($"{")`:                                      "not closed",
		`@($"{1")`:                                     "not closed",
		`@($"}")`:                                      "single }",
		`@{ }`:                                         "not every path",
		`@{ if (true) { return 1; } }`:                 "not every path",
		`@{ while (true) { } return 1; }`:              `"while"`,
		`@{ for (;;) { } }`:                            `"for"`,
		`@{ return 1; return 2; }`:                     "never reached",
		`@{ var x = null; return x; }`:                 "type is known",
		`@{ var x = 1; var x = 2; return x; }`:         "twice",
		`@{ x = 1; return 1; }`:                        "not a local",
		`@{ int x = "a"; return x; }`:                  "int is expected",
		`@{ return 1 }`:                                "; is expected",
		`@{ var x; return x; }`:                        "= is expected",
		`@{ "a".Trim(); return 1; }`:                   "a statement is expected",
		`@{ context.Variables["a"] = 1; return 1; }`:   "outside the subset",
		`@{ context.Request.Method; return 1; }`:       "outside the subset",
		`@{ string s; if ("".TryParseJwt(out s)) { } return s; }`:   "not a local variable of type Jwt",
		`@("".TryParseJwt(out int n) ? 1 : 2)`:                      "out is outside",
		`@(int.Parse("1", out var n))`:                              "out is outside",
		`@("".TryParseJwt(out var j) && "".TryParseJwt(out var j))`: "declared twice",
		`@(string.Concat("a", out var j))`:                          "out is outside",
		`@{ if (true) return 1; return "a"; }`:                      "no common type",
		`@{ return 1;`:                                              "written @(",
		"@(#)":                                                      "no meaning here",
		"@(/* )":                                                    "not closed",
		`@(` + strings.Repeat("(", 5000) + strings.Repeat(")", 5000) + `)`: "nested deeper",
		`@(` + strings.Repeat("!", 5000) + `true)`:                         "nested deeper",
		`@("a"` + strings.Repeat(`.Trim()`, 4000) + `)`:                    "nested deeper",
		`@(1` + strings.Repeat("+1", 5000) + `)`:                           "nested deeper",
		`@(` + strings.Repeat("1?1:", 5000) + `1)`:                         "", // bool is expected, or too deep
		`@{` + strings.Repeat("{", 5000) + strings.Repeat("}", 5000) + `}`: "nested deeper",
		`@(` + strings.Repeat(" ", expr.MaxSource) + `1)`:                  "longer than",
	}
	for source, want := range tests {
		name := source[:min(len(source), 40)]
		t.Run(name, func(t *testing.T) {
			_, err := expr.Compile(source)
			var located *expr.Error
			require.ErrorAs(t, err, &located)
			assert.Contains(t, located.Msg, want)
			assert.GreaterOrEqual(t, len(source), located.Offset)
		})
	}
}

// What C# throws while running is an error of Eval: APIM answers 500.
func TestEvalFails(t *testing.T) {
	tests := map[string]string{
		`@((string)context.Variables["n"])`:                                   "InvalidCast",
		`@((int)context.Variables["none"])`:                                   "not in the",
		`@(context.Request.Headers["None"])`:                                  "not in the",
		`@(context.Request.Headers.GetValueOrDefault("None").Length)`:         "NullReference",
		`@("nonsense".AsJwt().Subject)`:                                       "NullReference",
		`@(((Jwt)context.Variables["jwt"]).NotBefore.Value)`:                  "Value of null",
		`@("abc".Substring(2, 5))`:                                            "outside the string",
		`@("abc".Substring(-1))`:                                              "outside the string",
		`@("a,b".Split(',')[7])`:                                              "index",
		`@("abc"[3])`:                                                         "index",
		`@(1 / (1 - 1))`:                                                      "DivideByZero",
		`@(int.Parse("x"))`:                                                   "not a number",
		`@(Convert.ToInt32("9999999999"))`:                                    "does not fit",
		`@("a".Replace("", "b"))`:                                             "empty",
		`@(DateTime.UtcNow.AddDays(1000000000.0))`:                            "too long",
		`@{` + "var a = \"xxxxxxxxxxxxxxxx\";" + doubling(40) + `return a; }`: "too long",
	}
	for source, want := range tests {
		t.Run(source[:min(len(source), 50)], func(t *testing.T) {
			p, err := expr.Compile(source)
			require.NoError(t, err)
			_, err = p.Eval(sample())
			require.Error(t, err)
			assert.Contains(t, err.Error(), want)
		})
	}
}

// doubling would build a string of 2^n times its length.
func doubling(n int) string { return strings.Repeat("a = a + a;", n) }

func TestErrorNamesTheOffset(t *testing.T) {
	_, err := expr.Compile("@{\n  return\n  missing; }")
	var located *expr.Error
	require.True(t, errors.As(err, &located))
	assert.Equal(t, strings.Index("@{\n  return\n  missing; }", "missing"), located.Offset)
}

func TestProgramFeatures(t *testing.T) {
	p, err := expr.Compile(`@(context.Request.Headers.GetValueOrDefault("a","").AsJwt()?.Id)`)
	require.NoError(t, err)
	assert.True(t, p.Uses("AsJwt"))
	assert.False(t, p.Uses("Subject"))
	assert.False(t, p.Constant())
	p, err = expr.Compile(`@(1==2)`)
	require.NoError(t, err)
	assert.True(t, p.Constant())
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{
		`@(1==1)`, `@(context.Request.Headers.GetValueOrDefault("a","").AsJwt()?.Id ?? "x")`,
		`@{ var x = (Jwt)context.Variables["jwt"]; if (x == null) { return ""; } return x.Issuer + '|' + x.Id; }`,
		`@($"{1}{{")`, `@((int)(((Jwt)context.Variables["jwt"]).ExpirationTime - DateTime.UtcNow).Value.TotalSeconds)`,
		`@("a.b".Substring(0, "a.b".LastIndexOf('.')))`, `@(1?.5:2)`, `@(@"""")`,
		`@("a b".Split(null).Select(x => x.Trim(new [] {'a'})).Where(x => x.Length > 0).First())`,
		`@(BitConverter.ToString(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes((string)null))))`,
		`@(Regex.Replace(context.Variables["s"] as string, "(a)|b", "$1", RegexOptions.IgnoreCase))`,
		`@(string.Format("{0}{1}", Guid.NewGuid(), ((IReadOnlyDictionary<string, string[]>)context.Request.Headers).ContainsKey(key: null)))`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := expr.Compile(source)
		if err != nil {
			var located *expr.Error
			if !errors.As(err, &located) || located.Offset < 0 || located.Offset > len(source)+2 {
				t.Fatalf("error without a place: %v", err)
			}
			return
		}
		v, err := p.Eval(sample())
		if err == nil && len(expr.Text(v)) > expr.MaxString {
			t.Fatalf("a string of %d bytes", len(expr.Text(v)))
		}
	})
}
