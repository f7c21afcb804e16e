package apim_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
)

// handClock stands still until it is moved.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *handClock { return &handClock{now: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)} }

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

const (
	issuerName = "https://issuer.example"
	lifetime   = time.Hour
)

// issuer is the backend: it issues tokens, logs out whoever asks, and echoes.
type issuer struct {
	clock  *handClock
	key    *ecdsa.PrivateKey
	mu     sync.Mutex
	issued int
	// logout is the status that /logout answers.
	logout int
	hits   int
}

func newIssuer(t *testing.T, clock *handClock) *issuer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return &issuer{clock: clock, key: key, logout: http.StatusNoContent}
}

func (i *issuer) token() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.issued++
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{
		"iss": issuerName, "sub": "alice", "jti": fmt.Sprint("id-", i.issued), "aud": "api",
		"iat": i.clock.Now().Unix(), "exp": i.clock.Now().Add(lifetime).Unix(),
	})
	token.Header["kid"] = "k1"
	signed, err := token.SignedString(i.key)
	if err != nil {
		panic(err)
	}
	return signed
}

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/login":
		_ = json.NewEncoder(w).Encode(map[string]string{"access_token": i.token()})
	case "/logout":
		w.WriteHeader(i.logout)
	default:
		i.mu.Lock()
		i.hits++
		i.mu.Unlock()
		_, _ = io.WriteString(w, "echo "+r.Method+" "+r.URL.Path)
	}
}

// stage is a service under test.
type stage struct {
	t       *testing.T
	clock   *handClock
	issuer  *issuer
	service *apim.Service
}

// newStage builds a service; change may alter the options.
func newStage(t *testing.T, documents map[apim.Scope]apim.Document, change func(*apim.Options)) *stage {
	t.Helper()
	clock := newClock()
	s := &stage{t: t, clock: clock, issuer: newIssuer(t, clock)}
	keys, err := token.LocalKeys(issuerName, map[string]any{"k1": s.issuer.key.Public()})
	require.NoError(t, err)
	o := apim.Options{
		Documents: documents, Operations: apim.Operations(), Backend: s.issuer, Clock: clock, OpenID: keys,
		NamedValues: map[string]string{apim.OpenIDConfigURL: token.LocalKeysURL},
	}
	if change != nil {
		change(&o)
	}
	s.service, err = apim.New(o)
	require.NoError(t, err)
	return s
}

// send makes a request at a gateway; the authorization may be empty.
func (s *stage) send(region int, method, path, authorization string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	s.service.Gateway(region).ServeHTTP(w, r)
	return w
}

func (s *stage) login() string {
	s.t.Helper()
	w := s.send(0, "POST", "/login", "")
	var answer struct {
		Token string `json:"access_token"`
	}
	require.NoError(s.t, json.Unmarshal(w.Body.Bytes(), &answer), "login answered %d", w.Code)
	return answer.Token
}

func (s *stage) call(token string) int { return s.send(0, "GET", "/api/hello", "Bearer "+token).Code }

func (s *stage) logout(token string) int {
	return s.send(0, "POST", "/logout", "Bearer "+token).Code
}

// twin is the same ES256 token with the other of its two valid signatures.
func twin(token string) string {
	cut := strings.LastIndexByte(token, '.')
	raw, _ := base64.RawURLEncoding.DecodeString(token[cut+1:])
	s := new(big.Int).Sub(elliptic.P256().Params().N, new(big.Int).SetBytes(raw[32:]))
	out := append(append([]byte{}, raw[:32]...), s.FillBytes(make([]byte, 32))...)
	return token[:cut+1] + base64.RawURLEncoding.EncodeToString(out)
}

// trailingBits changes bits of the last character that decode to nothing.
func trailingBits(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[last^1])
}

// forged names the same issuer and ID, unsigned.
func forged(token string) string {
	body := strings.Split(token, ".")[1]
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + body + "."
}
