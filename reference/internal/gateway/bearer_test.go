package gateway

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// finderCase is a request and what is found in it.
type finderCase struct {
	cfg    Config
	target string
	values []string // Authorization headers
	body   string
	cookie string
	raw    string // the token; "" if none is found
}

var (
	lenientHeader = Config{Lenient: Lenient{Header: true}}
	lenientInAll  = Config{Lenient: Lenient{true, true, true, true, true, true}}
)

var finderCases = map[string]finderCase{
	"plain":                 {cfg: Config{}, values: []string{"Bearer a.b.c"}, raw: "a.b.c"},
	"scheme in any case":    {cfg: Config{}, values: []string{"bEaReR a.b.c"}, raw: "a.b.c"},
	"exact scheme":          {cfg: Config{ExactScheme: true}, values: []string{"BEARER a.b.c"}},
	"lower-case scheme":     {cfg: Config{ExactScheme: true}, values: []string{"bearer a.b.c"}, raw: "a.b.c"},
	"two spaces":            {cfg: Config{}, values: []string{"Bearer  a.b.c"}},
	"tab":                   {cfg: Config{}, values: []string{"Bearer\ta.b.c"}},
	"words after":           {cfg: Config{}, values: []string{"Bearer a.b.c d"}},
	"twice":                 {cfg: Config{}, values: []string{"Bearer a.b.c", "Bearer a.b.c"}},
	"basic before":          {cfg: Config{}, values: []string{"Basic x", "Bearer a.b.c"}},
	"query unread":          {cfg: Config{}, target: "?access_token=a.b.c"},
	"lenient spaces":        {cfg: lenientHeader, values: []string{" Bearer \t a.b.c "}, raw: "a.b.c"},
	"lenient twice":         {cfg: lenientHeader, values: []string{"Bearer a.b.c", "Bearer a.b.c"}, raw: "a.b.c"},
	"lenient joined":        {cfg: lenientHeader, values: []string{"Bearer a.b.c, Bearer a.b.c"}, raw: "a.b.c"},
	"lenient different":     {cfg: lenientHeader, values: []string{"Bearer a.b.c, Bearer a.b.d"}},
	"query":                 {cfg: lenientInAll, target: "?token=a.b.c", raw: "a.b.c"},
	"form":                  {cfg: lenientInAll, body: "jwt=a.b.c", raw: "a.b.c"},
	"broken form":           {cfg: lenientInAll, body: "jwt=%zz"},
	"cookie":                {cfg: lenientInAll, cookie: "access_token=a.b.c", raw: "a.b.c"},
	"same in two carriers":  {cfg: lenientInAll, target: "?jwt=a.b.c", cookie: "jwt=a.b.c", raw: "a.b.c"},
	"other in two carriers": {cfg: lenientInAll, target: "?jwt=a.b.c", values: []string{"Bearer a.b.d"}},
}

func TestFinder(t *testing.T) {
	for name, test := range finderCases {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/"+test.target, strings.NewReader(test.body))
			r.Header["Authorization"] = test.values
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Cookie", test.cookie)
			c, err := finder(test.cfg)(r)
			if (err == nil) != (test.raw != "") || (err == nil && c.Raw != test.raw) {
				t.Errorf("found %q, %v; want %q", c.Raw, err, test.raw)
			}
		})
	}
}

// FuzzFinder: whatever is found in a strict header is there in one piece, in
// the only header, after the scheme; and lenient reading finds it as well.
func FuzzFinder(f *testing.F) {
	for _, value := range []string{"Bearer a.b.c", "bearer  x", "Bearer", "", "Basic x", "Bearer a,Bearer a", "Bearer\ta.b.c"} {
		f.Add(value, "q=1", "jwt=x", "token=y")
	}
	f.Fuzz(func(t *testing.T, value, query, form, cookie string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(form))
		r.URL.RawQuery = query
		r.Header["Authorization"] = []string{value}
		r.Header["Cookie"] = []string{cookie}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		strict, err := finder(Config{})(r)
		if err == nil && (len(value) < 8 || value[7:] != strict.Raw || strict.Raw == "" || strings.ContainsAny(strict.Raw, " \t")) {
			t.Errorf("a strict gateway found %q in %q", strict.Raw, value)
		}
		lenient, lenientErr := finder(lenientHeader)(r)
		if err == nil && !strings.Contains(value, ",") && (lenientErr != nil || lenient.Raw != strict.Raw) {
			t.Errorf("a lenient gateway found %q, %v in %q; a strict one found %q", lenient.Raw, lenientErr, value, strict.Raw)
		}
		_, _ = finder(lenientInAll)(r)
	})
}
