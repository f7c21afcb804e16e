package peers

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const secret = "a-secret-of-the-test-that-is-long-enough"

// started runs a proxy before a backend, or skips the test.
func started(t *testing.T, p Proxy, revoked ...string) *Running {
	t.Helper()
	backend := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(backend.Close)
	r, err := p.Start(t.Context(), Setup{Backend: strings.TrimPrefix(backend.URL, "http://"), Secret: secret, Revoked: revoked})
	if errors.Is(err, ErrNotInstalled) {
		t.Skipf("NOT TESTED: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func signed(t *testing.T, method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
	t.Helper()
	raw, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func status(t *testing.T, url, raw string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if raw != "" {
		req.Header.Set("Authorization", "Bearer "+raw)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	return res.StatusCode
}

func TestHAProxyServesLiveTokensAlone(t *testing.T) {
	at := started(t, HAProxy, "other", "revoked").URL
	soon, past := time.Now().Add(time.Hour).Unix(), time.Now().Add(-time.Hour).Unix()
	hs, key := jwt.SigningMethodHS256, []byte(secret)
	for what, c := range map[string]struct {
		raw  string
		want int
	}{
		"live":           {signed(t, hs, key, jwt.MapClaims{"jti": "live", "exp": soon}), 200},
		"revoked":        {signed(t, hs, key, jwt.MapClaims{"jti": "revoked", "exp": soon}), 401},
		"expired":        {signed(t, hs, key, jwt.MapClaims{"jti": "live", "exp": past}), 401},
		"without jti":    {signed(t, hs, key, jwt.MapClaims{"exp": soon}), 401},
		"without exp":    {signed(t, hs, key, jwt.MapClaims{"jti": "live"}), 401},
		"another secret": {signed(t, hs, []byte("another"), jwt.MapClaims{"jti": "live", "exp": soon}), 401},
		"none":           {signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.MapClaims{"jti": "live", "exp": soon}), 401},
		"no token":       {"", 401},
	} {
		if got := status(t, at, c.raw); got != c.want {
			t.Errorf("%s: answered %d, want %d", what, got, c.want)
		}
	}
}

func TestNginxForwards(t *testing.T) {
	if got := status(t, started(t, Nginx).URL, ""); got != 200 {
		t.Errorf("answered %d", got)
	}
}

// What a program would not accept must be said, and leave nothing behind.
func TestRefusedConfigurationIsAnError(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, p := range []Proxy{HAProxy, Nginx} {
		_, err := p.Start(t.Context(), Setup{Backend: "no address; at { all"})
		if errors.Is(err, ErrNotInstalled) {
			t.Logf("NOT TESTED: %v", err)
			continue
		}
		if err == nil || !strings.Contains(err.Error(), "does not accept its configuration") {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestMissingProgramIsNotInstalled(t *testing.T) {
	if _, err := (Proxy{program: "no-such-proxy"}).Start(t.Context(), Setup{}); !errors.Is(err, ErrNotInstalled) || err.Error() != "no-such-proxy is not installed" {
		t.Error(err)
	}
}
