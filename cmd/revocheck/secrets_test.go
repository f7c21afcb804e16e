package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
)

// witness is a gateway in front of another that remembers every token which
// passes, so that a test can look for each of them.
type witness struct {
	behind http.Handler
	mu     sync.Mutex
	tokens map[string]bool
}

func (w *witness) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	w.saw(strings.TrimSpace(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer")))
	if r.URL.Path != "/login" {
		w.behind.ServeHTTP(to, r)
		return
	}
	answer := httptest.NewRecorder()
	w.behind.ServeHTTP(answer, r)
	var issued struct {
		Token string `json:"access_token"`
	}
	_ = json.Unmarshal(answer.Body.Bytes(), &issued)
	w.saw(issued.Token)
	to.WriteHeader(answer.Code)
	_, _ = io.Copy(to, bytes.NewReader(answer.Body.Bytes()))
}

func (w *witness) saw(token string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(token) > 20 {
		w.tokens[token] = true
	}
}

// secrets are the tokens seen, and the parts of them that tell something.
func (w *witness) secrets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for token := range w.tokens {
		all = append(all, token)
		if parts := strings.Split(token, "."); len(parts) == 3 && len(parts[2]) > 20 {
			all = append(all, parts[1], parts[2])
		}
	}
	return all
}

const bobsPassword = "s3cret of bob/&"

// TestMain sets what a target file reads, since tests that run in parallel
// cannot.
func TestMain(m *testing.M) {
	if err := os.Setenv("BOBS_PASSWORD", bobsPassword); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// observed starts a gateway of two users whose calls are witnessed, and writes
// a target file that is full of secrets.
func observed(t *testing.T, fault string) (w *witness, target string, secrets []string) {
	t.Helper()
	users := map[string]string{"alice": "s3cret-of-alice", "bob": bobsPassword}
	d, err := reference.Start(reference.Config{Fault: fault, Users: users}, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	w = &witness{behind: d.Replicas()[0], tokens: map[string]bool{}}
	s := httptest.NewServer(w)
	t.Cleanup(s.Close)
	return w, file(t, "target.yaml", fmt.Sprintf(`
endpoints: ["http://caller:s3cret-of-the-url@%s"]
headers: {X-Key: s3cret-of-the-header}
users: [{name: alice, password: s3cret-of-alice}, {name: bob, password: "${BOBS_PASSWORD}"}]
login: {path: /login, fields: {client: s3cret-of-the-client}, headers: {X-Login: s3cret-of-the-login}, lifetime_field: expires_in}
logout: {path: /logout, headers: {X-Logout: s3cret-of-the-logout}}
routes: [{path: /api/hello, identity: $.sub}, {method: POST, path: /api/orders, headers: {X-Route: s3cret-of-the-route}}]
hits: {url: /backend/hits}
`, strings.TrimPrefix(s.URL, "http://"))), []string{"s3cret", users["bob"]}
}

// TestSecretsOfATarget greps every output for every secret that was used: of
// what passes, of what fails and of what cannot begin.
func TestSecretsOfATarget(t *testing.T) {
	t.Parallel()
	w, target, secrets := observed(t, "key-raw-token")
	dir := t.TempDir()
	j, x, p := filepath.Join(dir, "run.json"), filepath.Join(dir, "run.xml"), filepath.Join(dir, "probe.json")
	h, m, f := filepath.Join(dir, "run.html"), filepath.Join(dir, "run.md"), filepath.Join(dir, "run.sarif")
	outputs := map[string]string{}
	keep := func(want int, args ...string) {
		code, out, errs := invoke(args...)
		if code != want {
			t.Errorf("%v exits %d, not %d: %s", args, code, want, errs)
		}
		outputs[strings.Join(args, " ")] += out + errs
	}
	keep(1, "run", "--target", target, "--max-wait", "1s", "--verbose", "--json", j, "--junit", x, "--html", h, "--markdown", m, "--sarif", f)
	keep(1, "report", j, "--verbose")
	keep(0, "run", "--target", target, "--dry-run")
	keep(0, "probe", "--target", target, "--max-wait", "1s", "--json", p)
	keep(0, "compare", "--target", target, "--only", "replay/after-logout", "--markdown")
	secrets = append(secrets, w.secrets()...)
	replaceIn(t, target, "hits: {", "signing: {alg: HS256, key: s3cret-key-of-another-issuer}\nhits: {")
	keep(0, "run", "--target", target, "--dry-run", "--profile", "full")
	keep(exit.CodeUsage, "run", "--target", target)
	replaceIn(t, target, "password: s3cret-of-alice", "password: s3cret-that-is-wrong")
	keep(exit.CodeUsage, "run", "--target", target)
	replaceIn(t, target, "path: /login", "path: /nowhere")
	keep(exit.CodeUsage, "run", "--target", target)
	for _, name := range []string{j, x, p, h, m, f} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		outputs[name] = string(content)
	}
	if len(secrets) < 100 {
		t.Fatalf("only %d secrets were used", len(secrets))
	}
	for what, text := range outputs {
		for _, s := range secrets {
			if strings.Contains(text, s) {
				t.Errorf("%s tells the secret %s", what, s)
			}
		}
	}
}
