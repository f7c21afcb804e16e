package forgery_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"net/http/httptest"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var keyObservations = map[string]trial.Sound{
	"guessable-secret":    func(g *trial.Gateway) bool { return !forgery.Guessed(g.Login("alice")) },
	"algorithm-confusion": refusesForged(confusedKey),
	"kid-injection": refusesForged(func(g *trial.Gateway, claims jwt.MapClaims) string {
		return forge(g, jwt.SigningMethodHS256, []byte{}, claims, map[string]any{"kid": "../../dev/null"})
	}),
	"embedded-jwk-trusted": refusesForged(embeddedKey),
	"embedded-certificate-trusted": refusesForged(func(g *trial.Gateway, _ jwt.MapClaims) string {
		return forgery.EmbeddedCertificate(g.Login("alice"))[0].Token
	}),
	"remote-key-fetched": refusesForged(fetchedKey),
}

func forge(g *trial.Gateway, m jwt.SigningMethod, key any, claims jwt.MapClaims, header map[string]any) string {
	g.T.Helper()
	t := jwt.NewWithClaims(m, claims)
	for name, value := range header {
		t.Header[name] = value
	}
	raw, err := t.SignedString(key)
	if err != nil {
		g.T.Fatal(err)
	}
	return raw
}

func confusedKey(g *trial.Gateway, claims jwt.MapClaims) string {
	key := g.PublicKeyPEM()
	if key == nil {
		return unsignedWith("HS256")(g, claims) // no public key, nothing to confuse
	}
	return forge(g, jwt.SigningMethodHS256, key, claims, nil)
}

// fetchedKey names a server that has the key.
func fetchedKey(g *trial.Gateway, _ jwt.MapClaims) string {
	raw := g.Login("alice")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(forgery.RemoteKeySet(raw))
	}))
	g.T.Cleanup(server.Close)
	return forgery.RemoteKey(raw, server.URL)[0].Token
}

func embeddedKey(g *trial.Gateway, claims jwt.MapClaims) string {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		g.T.Fatal(err)
	}
	jwk := map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(public)}
	return forge(g, jwt.SigningMethodEdDSA, private, claims, map[string]any{"jwk": jwk})
}
