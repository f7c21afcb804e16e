package preflight_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
)

var introspects = shop{gateway: gateway.Config{Introspection: true}}

// asks is a right file of such a gateway.
const asks = right + "introspect:\n  path: /introspect\n  client_id: resource-server\n  client_secret: open-sesame\n"

// TestAWrongLineOfTheIntrospection is named before any scenario.
func TestAWrongLineOfTheIntrospection(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop     shop
		old, new string
		line     int
		key      string
		says     []string
	}{
		"path":                         {introspects, "path: /introspect", "path: /introspection", 13, "introspect.path", []string{"404"}},
		"a path that is forwarded":     {shop{instead: forwardsEveryPath, gateway: introspects.gateway}, "path: /introspect", "path: /introspection", 13, "introspect.path", []string{"401", "nobody has"}},
		"method":                       {introspects, "path: /introspect", "path: /introspect\n  method: PUT", 14, "introspect.method", []string{"405", "POST"}},
		"a url where nobody listens":   {introspects, "path: /introspect", "url: http://127.0.0.1:1/introspect", 13, "introspect.url", []string{"no answer"}},
		"secret":                       {introspects, "open-sesame", "not-the-key", 15, "introspect.client_secret", []string{"401", "may ask"}},
		"no credentials":               {introspects, "  client_id: resource-server\n  client_secret: open-sesame\n", "", 12, "introspect", []string{"401", "client_id"}},
		"a bearer token":               {introspects, "client_id: resource-server\n  client_secret: open-sesame", "bearer: not-the-key", 14, "introspect.bearer", []string{"401"}},
		"credentials in the body":      {shop{instead: wantsClientInBody, gateway: introspects.gateway}, "x", "x", 12, "introspect.client_auth", []string{"401", "write client_auth: body"}},
		"JSON and not a form":          {introspects, "path: /introspect", "path: /introspect\n  encoding: json", 14, "introspect.encoding", []string{"400", "write encoding: form"}},
		"field of the token":           {introspects, "path: /introspect", "path: /introspect\n  token_field: jwt", 14, "introspect.token_field", []string{"400", "write token_field: token"}},
		"active is elsewhere":          {shop{instead: wrapsIntrospection, gateway: introspects.gateway}, "x", "x", 12, "introspect.active", []string{"nothing at $.active", "write active: $.data.active"}},
		"path of active":               {introspects, "path: /introspect", "path: /introspect\n  active: $.is_active", 14, "introspect.active", []string{"write active: $.active"}},
		"a page instead of an answer":  {shop{instead: answering("/introspect", 200), gateway: introspects.gateway}, "x", "x", 13, "introspect.path", []string{"not JSON"}},
		"a page that is led away from": {shop{instead: answering("/introspect", 302), gateway: introspects.gateway}, "x", "x", 13, "introspect.path", []string{"302"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			names(t, c.shop, strings.Replace(asks, c.old, c.new, 1), c.line, c.key, c.says...)
		})
	}
}

// TestWhatAnIntrospectionSaysIsTheGatewaysAffair: the file may be right.
func TestWhatAnIntrospectionSaysIsTheGatewaysAffair(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop     shop
		old, new string
	}{
		"right":                  {introspects, "x", "x"},
		"by its URL":             {introspects, "path: /introspect", "url: URL/introspect"},
		"credentials in a body":  {introspects, "client_id: resource-server", "client_id: resource-server\n  client_auth: body"},
		"knows of no token":      {shop{instead: introspectionSays(`{"active":false}`)}, "x", "x"},
		"calls every token good": {shop{instead: introspectionSays(`{"active":true}`)}, "x", "x"},
		"breaks":                 {shop{instead: answering("/introspect", 500)}, "x", "x"},
		"is asked too often":     {shop{instead: answering("/introspect", 429)}, "x", "x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := play(t, c.shop, strings.Replace(asks, c.old, c.new, 1)); err != nil {
				t.Error(err)
			}
		})
	}
}

func introspectionSays(body string) answers {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		return r.URL.Path == "/introspect" && write(w, body)
	}
}

func wantsClientInBody(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if r.URL.Path != "/introspect" || r.FormValue("client_id") != "" {
		return false
	}
	w.WriteHeader(http.StatusUnauthorized)
	return true
}

func wrapsIntrospection(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/introspect" {
		return false
	}
	inner := httptest.NewRecorder()
	next.ServeHTTP(inner, r)
	var said any
	if json.Unmarshal(inner.Body.Bytes(), &said) != nil {
		return false
	}
	text, err := json.Marshal(map[string]any{"data": said})
	return err == nil && write(w, string(text))
}
