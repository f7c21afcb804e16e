package apim_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
)

func corpus(t *testing.T, dir string) []apim.Document {
	names, err := fs.Glob(apimpolicies.Files, dir+"/*.xml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	var documents []apim.Document
	for _, name := range names {
		text, err := fs.ReadFile(apimpolicies.Files, name)
		require.NoError(t, err)
		documents = append(documents, apim.Document{Name: path.Base(name), XML: string(text)})
	}
	return documents
}

func TestCorpusLoads(t *testing.T) {
	for _, d := range corpus(t, "corpus/loads") {
		t.Run(d.Name, func(t *testing.T) {
			errs := apim.Check(d, apim.Options{NamedValues: map[string]string{apim.OpenIDConfigURL: token.LocalKeysURL}})
			assert.Empty(t, errs)
		})
	}
}

// What is outside is refused, at the line of the policy, and named.
func TestCorpusOutside(t *testing.T) {
	for _, d := range corpus(t, "corpus/outside") {
		t.Run(d.Name, func(t *testing.T) {
			errs := apim.Check(d, apim.Options{})
			require.NotEmpty(t, errs)
			assert.Equal(t, 5, errs[0].Line, errs.Error())
			assert.NotEmpty(t, errs[0].Element)
		})
	}
}

// A deny-list and a logout of the corpus, run together.
func TestCorpusDenyListRuns(t *testing.T) {
	documents := map[apim.Scope]apim.Document{}
	for _, d := range corpus(t, "corpus/loads") {
		switch d.Name {
		case "cache-logout.xml":
			documents[apim.OperationScope("logout")] = d
		case "cache-deny-list.xml":
			// The two shapes use keys of their own; here they meet.
			d.XML = strings.Replace(d.XML, `key="@((string)context.Variables["tokenKey"])"`, `key="@(((Jwt)context.Variables["token"]).Id)"`, 1)
			documents[apim.APIScope("protected")] = d
		}
	}
	s := newStage(t, documents, nil)
	token, other := s.login(), s.login()
	assert.Equal(t, 200, s.call(token))
	w := s.send(0, "POST", "/logout", "Bearer "+token)
	assert.Equal(t, `{"loggedOut":true,"at":"01/01/2026 12:00:00"}`, w.Body.String())
	assert.Equal(t, 401, s.call(token))
	assert.Equal(t, 200, s.call(other))
}

// The key of several claims, the expiry in the cache and the JSON body.
func TestCorpusLogoutOfClaimsRuns(t *testing.T) {
	s := newStage(t, map[apim.Scope]apim.Document{apim.OperationScope("logout"): loading(t, "cache-logout-of-claims.xml")}, nil)
	token := s.login()
	s.clock.advance(10 * time.Minute)
	w := s.send(0, "POST", "/logout", "Bearer "+token)
	assert.Equal(t, 200, w.Code)
	assert.Equal(t, "3000", w.Header().Get("Ends-In"), "what is left of an hour")
	w = s.send(0, "POST", "/logout", "")
	assert.Equal(t, 401, w.Code)
	assert.JSONEq(t, `{"statusCode":"401","message":"No token."}`, w.Body.String())
}

func TestCorpusBasicRuns(t *testing.T) {
	s := newStage(t, map[apim.Scope]apim.Document{apim.Global: loading(t, "basic-and-methods.xml")}, nil)
	assert.Equal(t, 200, s.send(0, "GET", "/api/x", "").Code)
	assert.Equal(t, 401, s.send(0, "POST", "/api/x", "Bearer b3BlcmF0b3I6c3dvcmRmaXNo").Code)
	assert.Equal(t, 401, s.send(0, "POST", "/api/x", "Basic b3BlcmF0b3I6d3Jvbmc=").Code)
	assert.Equal(t, 200, s.send(0, "POST", "/api/x", "Basic b3BlcmF0b3I6c3dvcmRmaXNo").Code)
}

func TestCorpusTryParseRuns(t *testing.T) {
	s := newStage(t, map[apim.Scope]apim.Document{apim.Global: loading(t, "try-parse-jwt.xml")}, nil)
	assert.Equal(t, "api@example.com:80", s.send(0, "GET", "/api/x", "bearer "+s.login()).Header().Get("X-Audience"))
	assert.Equal(t, "@example.com:80", s.send(0, "GET", "/api/x", "Bearer nonsense").Header().Get("X-Audience"))
	assert.Equal(t, "@example.com:80", s.send(0, "GET", "/api/x", "").Header().Get("X-Audience"))
}

func loading(t *testing.T, name string) apim.Document {
	for _, d := range corpus(t, "corpus/loads") {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("there is no %s", name)
	return apim.Document{}
}
