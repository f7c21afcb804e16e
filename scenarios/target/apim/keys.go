package apim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-jose/go-jose/v4"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/apim/token"
)

const keySetPath = "/.well-known/jwks.json"

// issuerKeys is a client that finds the issuer's keys at every OpenID
// configuration that a policy names, so that documents run as they are.
func issuerKeys(issuer http.Handler) (*http.Client, error) {
	request, err := http.NewRequest(http.MethodGet, keySetPath, nil)
	if err != nil {
		return nil, err
	}
	published := &answer{header: http.Header{}}
	issuer.ServeHTTP(published, request)
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(published.Bytes(), &set); err != nil {
		return nil, fmt.Errorf("the issuer's key set: %w", err)
	}
	keys := map[string]any{}
	for _, k := range set.Keys {
		keys[k.KeyID] = k.Key
	}
	local, err := token.LocalKeys(gateway.Issuer, keys)
	if err != nil {
		return nil, err
	}
	return &http.Client{Transport: anyConfiguration{local.Transport}}, nil
}

// answer keeps the body of an answer.
type answer struct {
	bytes.Buffer
	header http.Header
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(int)     {}

// anyConfiguration asks for the local configuration, whichever is asked for.
type anyConfiguration struct{ local http.RoundTripper }

func (a anyConfiguration) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Path, "/openid-configuration") {
		return a.local.RoundTrip(r)
	}
	local, err := http.NewRequestWithContext(r.Context(), r.Method, token.LocalKeysURL, nil)
	if err != nil {
		return nil, err
	}
	return a.local.RoundTrip(local)
}
