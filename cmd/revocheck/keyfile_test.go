package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
)

func TestGatewaysThatShareAKeyFileAcceptEachOthersTokens(t *testing.T) {
	t.Parallel()
	for _, alg := range reference.Algorithms() {
		key := filepath.Join(t.TempDir(), "key")
		urls := startTwo(t, "--alg", alg, "--key-file", key)
		raw := loginAt(t, urls[0])
		if got := callAt(t, urls[1], raw); got != http.StatusOK {
			t.Errorf("%s: the other gateway answers %d", alg, got)
		}
		if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: the key file is %v, %v", alg, info, err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(key), "*")); len(left) != 1 {
			t.Errorf("%s: left behind %q", alg, left)
		}
	}
}

// startTwo starts two gateways at once, each a process' worth of its own.
func startTwo(t *testing.T, args ...string) [2]string {
	var urls [2]string
	var both sync.WaitGroup
	for i := range urls {
		both.Go(func() {
			got, _ := serving(t, 1, append([]string{"--addr", "127.0.0.1:0"}, args...)...)
			if len(got) == 1 {
				urls[i] = got[0]
			}
		})
	}
	both.Wait()
	return urls
}

func TestAKeyFileThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	short := filepath.Join(dir, "short")
	if err := os.WriteFile(short, []byte("hunter2"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"short":     {"--key-file", short},
		"no PEM":    {"--key-file", short, "--alg", "ES256"},
		"a folder":  {"--key-file", dir},
		"no folder": {"--key-file", filepath.Join(dir, "none", "key")},
	} {
		code, _, errs := invoke(append([]string{"serve"}, args...)...)
		if code != exit.CodeUsage || !strings.Contains(errs, "--key-file") || strings.Contains(errs, "hunter2") {
			t.Errorf("%s: exit code %d, %s", name, code, errs)
		}
	}
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	urls, _ := serving(t, 1, "--addr", "127.0.0.1:0")
	if code, out, errs := invoke("healthcheck", "--url", urls[0]); code != 0 || !strings.Contains(out, "is up") {
		t.Errorf("a gateway that is up: exit code %d, %s%s", code, out, errs)
	}
	for at, want := range map[string]int{"http://127.0.0.1:1": exit.CodeBroken, urls[0] + "/no/such": exit.CodeBroken, "127.0.0.1": exit.CodeUsage, "ftp://a": exit.CodeUsage} {
		if code, _, errs := invoke("healthcheck", "--url", at); code != want || errs == "" {
			t.Errorf("%s: exit code %d, want %d: %s", at, code, want, errs)
		}
	}
}

func loginAt(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Post(url+"/login", "application/json", strings.NewReader(`{"user":"alice","password":"`+reference.DefaultUsers()["alice"]+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var login struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&login); err != nil || login.Token == "" {
		t.Fatalf("%s, %v", answer.Status, err)
	}
	return login.Token
}

func callAt(t *testing.T, url, raw string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/me", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+raw)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}
