package main

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// targetFile writes a target file for a gateway at the URL.
func targetFile(t *testing.T, url, more string) string {
	t.Helper()
	return file(t, "target.yaml", fmt.Sprintf(`endpoints: [%s]
users: [{name: alice, password: a-secret-password}]
login: {path: /login}
logout: {path: /logout}
routes: [{path: /api/hello}]
limits: {timeout: 5s}
%s`, url, more))
}

// answering is a gateway that refuses every call and whose login answers body.
func answering(kind, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/login" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, body)
	})
}

// refusing answers everything as API Management does for reasons of its own.
func refusing(status int, message string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{ "statusCode": %d, "message": %q }`, status, message)
	})
}

func TestProbeOfTargetsThatCannotBeTested(t *testing.T) {
	t.Parallel()
	serve := func(h http.Handler) string {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		return s.URL
	}
	for _, c := range []struct {
		name, url, more string
		code            int
		says            string
	}{
		{"nobody listens", nobody, "", exit.CodeBroken, "nobody listens there"},
		{"login answers HTML", serve(answering("text/html", "<p>Sign in</p>")), "", exit.CodeUsage, "text/html, not JSON"},
		{"no JWT", serve(answering("application/json", `{"access_token":"opaque-a-secret"}`)), "", exit.CodeUsage, "something else than a JWT"},
		{"a scheme before the JWT", serve(answering("application/json", `{"access_token":"Bearer eyJh.eyJz.c2ln"}`)), "", exit.CodeUsage, "the scheme stands before the token"},
		{"TLS and no https", strings.Replace(secure(t), "https:", "http:", 1), "", exit.CodeUsage, "use https:// in endpoints"},
		{"HTTP/2 alone, as Node says it", serve(refusing(403, "Unknown ALPN Protocol, expected `h2` to be available.")), "", exit.CodeUsage, "seems to speak HTTP/2 alone"},
		{"login fails", serve(http.NotFoundHandler()), "", exit.CodeUsage, "look at login.path"},
		{"login breaks", serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) })), "", exit.CodeBroken, "answered 502"},
		{"wrong subscription key", serve(refusing(401, "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.")), "", exit.CodeUsage, "look at headers: Ocp-Apim-Subscription-Key"},
		{"throttled", serve(refusing(429, "Rate limit is exceeded. Try again in 57 seconds.")), "", exit.CodeBroken, "lower limits.rate"},
		{"plain HTTP", strings.Replace(serve(http.NotFoundHandler()), "http:", "https:", 1), "", exit.CodeBroken, "does not speak TLS"},
		{"HTTP/2 alone", newerOnly(t), "", exit.CodeBroken, "if it speaks HTTP/2 alone"},
		{"password in the URL", strings.Replace(nobody, "//", "//user:a-secret@", 1), "", exit.CodeBroken, "nobody listens there"},
		{"wrong key", nobody, "nmae: x", exit.CodeUsage, "target.yaml:7: nmae: unknown key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			code, _, err := command(t.Context(), "probe", "--target", targetFile(t, c.url, c.more))
			if code != c.code || !strings.Contains(err, c.says) {
				t.Errorf("exit %d, %s\nwant %d, ...%s...", code, err, c.code, c.says)
			}
			if strings.Contains(err, "a-secret") {
				t.Errorf("a secret is in %s", err)
			}
		})
	}
}

// nobody is a URL at which nobody listens.
const nobody = "http://127.0.0.1:1"

// secure is the URL of a server that speaks TLS.
func secure(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// newerOnly is the URL of a server that speaks HTTP/2 in clear and nothing else.
func newerOnly(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.Protocols = new(http.Protocols)
	s.Config.Protocols.SetUnencryptedHTTP2(true)
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// TestProbeOverTLS has a certificate for 127.0.0.1 and example.com, of an
// authority of its own.
func TestProbeOverTLS(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(answering("text/html", "<p>"))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	s.StartTLS()
	defer s.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		more string
		code int
		says string
	}{
		{"", exit.CodeBroken, "an authority that is not trusted here; set tls.ca"},
		{fmt.Sprintf("tls: {ca: %q, server_name: gateway.test}", ca), exit.CodeBroken, "its certificate is for another name"},
		{fmt.Sprintf("tls: {ca: %q, server_name: example.com}", ca), exit.CodeUsage, "gave no token"},
		{fmt.Sprintf("tls: {ca: %q}", ca), exit.CodeUsage, "gave no token"},
	} {
		code, _, err := command(t.Context(), "probe", "--target", targetFile(t, s.URL, c.more))
		if code != c.code || !strings.Contains(err, c.says) {
			t.Errorf("%s: exit %d, %s\nwant %d, ...%s...", c.more, code, err, c.code, c.says)
		}
	}
}

func TestProbeUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"probe"}, {"probe", "--target", "none.yaml"}, {"probe", "--target", "x", "--profile", "other"}, {"probe", "--target", "x", "more"}, {"probe", "--target", "x", "--max-wait", "0s"}} {
		if code, _, err := command(t.Context(), args...); code != exit.CodeUsage || err == "" {
			t.Errorf("%v: exit %d, %s", args, code, err)
		}
	}
}
