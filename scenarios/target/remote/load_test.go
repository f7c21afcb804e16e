package remote

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// sound is a target file without a fault. Each test changes one line of it.
const sound = `name: gateway
endpoints:
  - https://gateway.example
users:
  - name: alice
    password: ${ALICE_PASSWORD}
login:
  path: /login
  lifetime_field: expires_in
logout:
  path: /logout
routes:
  - path: /api/hello
    accepted: [200]
limits:
  rate: 2.5
  timeout: 3s
`

func environment(name string) (string, bool) {
	values := map[string]string{"ALICE_PASSWORD": "hunter2-secret", "EMPTY": "", "RATE": "7", "SECRET_URL": "ftp://secret-host"}
	v, ok := values[name]
	return v, ok
}

func loadText(t *testing.T, text string) (*Target, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(file, environment)
}

func TestSoundFileLoads(t *testing.T) {
	target, err := loadText(t, sound)
	if err != nil {
		t.Fatal(err)
	}
	c := target.Contract()
	if c.Users[0].Password != "hunter2-secret" || c.Limits.Rate != 2.5 || c.Limits.Timeout != 3*time.Second || !slices.Equal(c.Routes[0].Accepted, []int{200}) {
		t.Errorf("read %+v", c)
	}
	if !target.Shared() || target.Powers().Mint != nil || target.Subject().Kind != "remote" {
		t.Error("a remote target is shared, cannot sign without a key, and is of kind remote")
	}
}

// TestWrongFiles has a wrong file a line: what is replaced by what, and where
// and how the problem is reported.
func TestWrongFiles(t *testing.T) {
	for _, c := range []struct{ name, old, new, at, says string }{
		{"unknown key", "name: gateway", "nam: gateway", ":1: nam: ", "unknown key; known here are backend, carrier"},
		{"unknown key of a section", "  path: /login", "  paht: /login", ":8: login.paht: ", "unknown key"},
		{"unknown key of a list entry", "    accepted: [200]", "    acepted: [200]", ":14: routes[0].acepted: ", "unknown key"},
		{"unset variable", "${ALICE_PASSWORD}", "${BOB_PASSWORD}", ":6: users[0].password: ", "environment variable BOB_PASSWORD is not set"},
		{"open reference", "${ALICE_PASSWORD}", "${ALICE", ":6: users[0].password: ", "not closed"},
		{"no variable's name", "${ALICE_PASSWORD}", "${A B}", ":6: users[0].password: ", "does not name an environment variable"},
		{"missing key", "  path: /logout", "  method: POST", ":10: logout.path: ", "needed"},
		{"not a number", "rate: 2.5", "rate: fast", ":16: limits.rate: ", "a number is needed"},
		{"not finite", "rate: 2.5", "rate: .nan", ":16: limits.rate: ", "a number is needed"},
		{"not a whole number", "accepted: [200]", "accepted: [OK]", ":14: routes[0].accepted[0]: ", "a whole number is needed"},
		{"no unit", "timeout: 3s", "timeout: 3", ":17: limits.timeout: ", "with its unit"},
		{"scalar for a section", "name: gateway", "carrier: cookie", ":1: carrier: ", "a mapping is needed"},
		{"scalar for a list", "accepted: [200]", "accepted: 200", ":14: routes[0].accepted: ", "a list is needed"},
		{"list for a scalar", "name: gateway", "name: [a]", ":1: name: ", "a single value is needed"},
		{"list for a table", "name: gateway", "headers: [a]", ":1: headers: ", "a mapping of names"},
		{"anchor", "name: gateway", "name: &a gateway", ":1: name: ", "anchors"},
		{"duplicate key", "name: gateway", "name: gateway\nname: other", ":2: ", "already defined"},
		{"second document", "name: gateway", "name: gateway\n---\nname: other", ":3: ", "second document"},
		{"contradiction", "accepted: [200]", "accepted: [401]", ":13: routes[0]: ", "declared refusal"},
		{"scheme of a cookie", "name: gateway", "carrier: {in: cookie, scheme: Bearer}", ":1: carrier.scheme: ", "only a header"},
		{"token in two places", "  path: /login", "  path: /login\n  token: $.t\n  token_cookie: jwt", ":10: login.token_cookie: ", "token names it there"},
		{"token in a cookie and a header", "  path: /login", "  path: /login\n  token_header: X-Token\n  token_cookie: jwt", ":9: login.token_header: ", "names two"},
		{"encoding of no field", "  path: /logout", "  path: /logout\n  encoding: json", ":12: logout.encoding: ", "token_field"},
		{"unknown encoding of a logout", "  path: /logout", "  path: /logout\n  token_field: token\n  encoding: xml", ":13: logout.encoding: ", "neither form nor json"},
		{"tls without https", "- https://gateway.example", "- http://gateway.example\ntls:\n  server_name: a", ":4: tls: ", "no endpoint begins with https"},
		{"authority not there", "name: gateway", "tls:\n  ca: none.pem", ":2: tls.ca: ", "no such file"},
		{"certificate without a key", "name: gateway", "tls:\n  cert: c.pem", ":2: tls.cert: ", "tls.key names the file"},
		{"key without a certificate", "name: gateway", "tls:\n  key: k.pem", ":2: tls.key: ", "tls.cert names the file"},
		{"certificate not there", "name: gateway", "tls:\n  cert: none.pem\n  key: none.key", ":2: tls.cert: ", "no such file"},
		{"key not there", "name: gateway", "tls:\n  cert: none.pem\n  key: none.key", ":3: tls.key: ", "no such file"},
		{"negative time", "timeout: 3s", "timeout: -3s", ":17: limits.timeout: ", "cannot be negative"},
		{"negative number", "rate: 2.5", "parallel: -1", ":16: limits.parallel: ", "cannot be negative"},
		{"negative wait", "rate: 2.5", "max_wait: -1s", ":16: limits.max_wait: ", "cannot be negative"},
		{"query of an endpoint", "gateway.example", "gateway.example/?key=a", ":3: endpoints[0]: ", "has no query"},
		{"hit counter without a slash", "name: gateway", "hits: {url: hits}", ":1: hits.url: ", "begins with /"},
		{"unknown algorithm", "name: gateway", "signing: {alg: none, key: abc}", ":1: signing.alg: ", "none of HS256"},
		{"key for another algorithm", "name: gateway", "signing: {alg: ES256, key: abc}", ":1: signing.key: ", "key_file"},
		{"name of a header", "name: gateway", `headers: {"A B": c}`, ":1: headers: ", "cannot be the name of a header"},
		{"name of a route's header", "    accepted: [200]", `    headers: {"A:": c}`, ":14: routes[0].headers: ", "cannot be the name of a header"},
		{"value of a header", "name: gateway", `headers: {A: "b\nc"}`, ":1: headers: ", "line break"},
		{"name of the carrier", "name: gateway", `carrier: {name: "X Y"}`, ":1: carrier.name: ", "cannot be the name of a header"},
		{"name of a cookie", "name: gateway", `carrier: {in: cookie, name: "a=b"}`, ":1: carrier.name: ", "cannot be the name of a cookie"},
		{"credentials where the token goes", "  path: /logout", "  path: /logout\n  headers: {authorization: Basic abc}", ":12: logout.headers.authorization: ", "logout.token_field"},
		{"a header for the token", "name: gateway", "headers: {authorization: Basic abc}", ":1: headers.authorization: ", "the token travels in this header"},
		{"refresh without a path", "name: gateway", "refresh: {rotates: true}", ":1: refresh.path: ", "on another host it is url"},
		{"refresh in two places", "name: gateway", "refresh: {path: /r, url: \"https://id.example/r\"}", ":1: refresh.url: ", "leave one out"},
		{"neither true nor false", "name: gateway", "refresh: {path: /r, rotates: often}", ":1: refresh.rotates: ", "true or false"},
		{"reuse without rotation", "name: gateway", "refresh: {path: /r, reuse: refused}", ":1: refresh.reuse: ", "rotates: true"},
		{"unknown reuse", "name: gateway", "refresh: {path: /r, rotates: true, reuse: ignored}", ":1: refresh.reuse: ", "neither refused nor ends-family"},
		{"refresh token of an access token", "name: gateway", "refresh: {path: /r, with: access_token, cookie: rt}", ":1: refresh.with: ", "with: refresh_token"},
		{"client that nobody has", "name: gateway", "refresh: {path: /r, client_auth: basic}", ":1: refresh.client_auth: ", "users[0] has no client"},
		{"field that is no JSON path", "  path: /logout", "  path: /logout\n  fields: {t: \"$.a[\"}", ":12: logout.fields: ", "not a JSON path"},
		{"logout of nothing", "  path: /logout", "  path: /logout\n  carrier: none", ":12: logout.carrier: ", "which session ends"},
		{"fields beside no form", "  path: /logout", "  path: /logout\n  body: bye\n  token_field: token", ":12: logout.body: ", "no form"},
		{"sign-out for good", "name: gateway", "revoke_all: {path: /all}", ":1: revoke_all: ", "a user of its own"},
		{"user that nobody knows", "name: gateway", "revoke_all: {path: /all, user: zoe}", ":1: revoke_all.user: ", "no user of the file"},
		{"the only user", "name: gateway", "revoke_all: {path: /all, user: alice}", ":1: revoke_all.user: ", "the only user"},
		{"file for a secret", "name: gateway", "signing: {alg: HS256, key_file: abc}", ":1: signing.key_file: ", "give it as key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sound, c.old, c.new, 1)
			if text == sound {
				t.Fatal("the test changes nothing")
			}
			_, err := loadText(t, text)
			if err == nil || !strings.Contains(err.Error(), "target.yaml"+c.at) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v\nwant ...%s...%s", err, c.at, c.says)
			}
		})
	}
}

// TestAByteOrderMarkIsSkipped as some editors begin a file with one.
func TestAByteOrderMarkIsSkipped(t *testing.T) {
	if _, err := loadText(t, "\ufeff"+sound); err != nil {
		t.Error(err)
	}
}

// TestNamesOfVariablesStandForSecretsAlone: a word such as "token" is not taken
// for the value of a variable wherever it stands.
func TestNamesOfVariablesStandForSecretsAlone(t *testing.T) {
	_, err := loadText(t, strings.Replace(sound, "  path: /logout", "  path: /logout\n  scope: ${SCOPE:-token}\n  cut_off_granularity: 1s", 1))
	if err == nil || !strings.Contains(err.Error(), "all of a user's tokens") {
		t.Errorf("error %v", err)
	}
}

func TestAllProblemsAtOnceInTheOrderOfLines(t *testing.T) {
	_, err := loadText(t, "nam: x\nendpoints: [ftp://a]\nusers: [{name: a, password: '${NOT_SET}'}]\nlogin: {paht: /l}\n")
	var all targetfile.Problems
	if !errors.As(err, &all) {
		t.Fatalf("error %v is not Problems", err)
	}
	var keys []string
	for _, p := range all {
		keys = append(keys, p.Key)
	}
	for _, want := range []string{"nam", "endpoints[0]", "users[0].password", "login.paht", "login.path", "logout.path", "routes"} {
		if n := strings.Count(" "+strings.Join(keys, " ")+" ", " "+want+" "); n != 1 {
			t.Errorf("%s is reported %d times in %v", want, n, keys)
		}
	}
	if !slices.IsSortedFunc(all, func(a, b targetfile.Problem) int { return a.Line - b.Line }) {
		t.Errorf("not in the order of lines: %v", err)
	}
}

func TestExpansion(t *testing.T) {
	for text, want := range map[string]string{
		"a-${ALICE_PASSWORD}-b": "a-hunter2-secret-b", "${NONE:-other}": "other", "${EMPTY:-other}": "other",
		"x${EMPTY}": "x", "$${HOME}": "${HOME}", "$.a": "$.a", "${NONE:-}x": "x", `"0123"`: "0123", "0123": "0123", "no": "no",
	} {
		target, err := loadText(t, strings.Replace(sound, "name: gateway", "name: "+text, 1))
		if err != nil || target.Contract().Name != want {
			t.Errorf("%s became %v (%v), want %s", text, target, err, want)
		}
	}
	target, err := loadText(t, strings.Replace(sound, "rate: 2.5", "rate: ${RATE}", 1))
	if err != nil || target.Contract().Limits.Rate != 7 {
		t.Errorf("a number from the environment: %v, %v", target, err)
	}
}

func TestNoSecretInErrors(t *testing.T) {
	for _, text := range []string{
		strings.Replace(sound, "https://gateway.example", "${SECRET_URL}", 1),
		strings.Replace(sound, "https://gateway.example", "ftp://user:secret-pass@gateway.example", 1),
		strings.Replace(sound, "timeout: 3s", "timeout: ${ALICE_PASSWORD}", 1),
		strings.Replace(sound, "rate: 2.5", "rate: ${ALICE_PASSWORD}", 1),
		strings.Replace(sound, "/api/hello", "${ALICE_PASSWORD}", 1),
		strings.Replace(sound, "name: alice", "name: ${ALICE_PASSWORD}\n  - name: ${ALICE_PASSWORD}", 1),
		strings.Replace(sound, "name: gateway", "signing: {alg: '${ALICE_PASSWORD}', key: secret}", 1),
		strings.Replace(sound, "password: ${ALICE_PASSWORD}", "password: [\"secret", 1),
	} {
		_, err := loadText(t, text)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v", err)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml"), environment); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if _, err := loadText(t, strings.Repeat("#", 1<<20+1)); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("error %v", err)
	}
	if _, err := loadText(t, ""); err == nil || !strings.Contains(err.Error(), ":1: endpoints: ") {
		t.Errorf("error %v", err)
	}
}

func TestSubjectHidesCredentials(t *testing.T) {
	target, err := loadText(t, strings.NewReplacer("https://", "https://user:secret@", "name: gateway", "").Replace(sound))
	if err != nil {
		t.Fatal(err)
	}
	s := target.Subject()
	if s.Name != "https://gateway.example" || s.Endpoints[0] != "https://gateway.example" {
		t.Errorf("subject %+v", s)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sound))
	f.Add([]byte(oauthLogin("https://a/b", "password", "    client_id: a\n    parameters: {resource: b}\n")))
	f.Add([]byte(commandLogin("[no-such-program-here, b]", "  command_timeout: 1s\n")))
	f.Add([]byte(withTokens("    tokens: [eyJ.eyJ.a, '${ALICE_PASSWORD}']\n    tokens_file: none\n")))
	f.Add([]byte(strings.Replace(sound, "  path: /login", "  path: /login\n  token: $..a[?(@.b==1)]['c']", 1)))
	f.Add([]byte("a: [b, {c: d}]\n? x\n: y\n<<: {}\n"))
	f.Add([]byte("name: |\n  text ${A:-b}\n---\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		var target *Target
		file, err := targetfile.Parse("fuzz.yaml", source, environment)
		if err == nil {
			target, err = connect(file)
		}
		var all targetfile.Problems
		switch {
		case err == nil && len(target.Contract().Problems()) > 0:
			t.Errorf("a contract with problems was let through: %v", target.Contract().Problems())
		case err != nil && !errors.As(err, &all):
			t.Errorf("error %v has no place", err)
		}
		for _, p := range all {
			if p.Line < 1 {
				t.Errorf("problem without a line: %+v", p)
			}
		}
	})
}
