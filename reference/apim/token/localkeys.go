package token

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/go-jose/go-jose/v4"
)

// LocalKeysURL is the OpenID configuration that LocalKeys serves.
const LocalKeysURL = "https://issuer.invalid/.well-known/openid-configuration"

const localKeySetURL = "https://issuer.invalid/keys"

// LocalKeys returns a client for Options.OpenID that serves an OpenID
// configuration from memory, at LocalKeysURL, so that no network is needed.
// Keys are public keys, or bytes of a symmetric key: a key set of APIM would
// not hold these, but a test of an HMAC gateway needs them.
func LocalKeys(issuer string, keys map[string]any) (*http.Client, error) {
	set := jose.JSONWebKeySet{}
	for id, key := range keys {
		k := jose.JSONWebKey{Key: key, KeyID: id}
		if !k.Valid() {
			return nil, fmt.Errorf("key %q is of no kind that a key set can hold", id)
		}
		set.Keys = append(set.Keys, k)
	}
	configuration := map[string]string{"issuer": issuer, "jwks_uri": localKeySetURL}
	documents := localDocuments{}
	for url, document := range map[string]any{LocalKeysURL: configuration, localKeySetURL: set} {
		text, err := json.Marshal(document)
		if err != nil {
			return nil, fmt.Errorf("local keys: %w", err)
		}
		documents[url] = text
	}
	return &http.Client{Transport: documents}, nil
}

// localDocuments answers requests from memory.
type localDocuments map[string][]byte

func (d localDocuments) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := d[r.URL.String()]
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	return &http.Response{
		StatusCode: status, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(body)),
	}, nil
}
