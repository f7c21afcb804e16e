package remote

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

func TestMintWithASecret(t *testing.T) {
	target, err := loadText(t, strings.Replace(sound, "name: gateway", "signing: {alg: HS256, key: '${ALICE_PASSWORD}'}", 1))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := target.Powers().Mint(map[string]any{"sub": "alice"}, map[string]any{"kid": "one", "typ": nil})
	if err != nil {
		t.Fatal(err)
	}
	token, err := jwt.Parse(raw, func(*jwt.Token) (any, error) { return []byte("hunter2-secret"), nil })
	if target.Powers().PublicKeyPEM != nil {
		t.Error("a secret has a public key")
	}
	if err != nil || token.Header["kid"] != "one" || token.Header["typ"] != nil || token.Claims.(jwt.MapClaims)["sub"] != "alice" {
		t.Errorf("token %+v, %v", token, err)
	}
}

func TestMintWithAPrivateKey(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	load := func(alg string) (*Target, error) {
		write(t, dir, "target.yaml", []byte(strings.Replace(sound, "name: gateway", "signing: {alg: "+alg+", key_file: key.pem}", 1)))
		return Load(filepath.Join(dir, "target.yaml"), environment)
	}
	target, err := load("ES256")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := target.Powers().Mint(map[string]any{"sub": "alice"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jwt.Parse(raw, func(*jwt.Token) (any, error) { return &key.PublicKey, nil }); err != nil {
		t.Error(err)
	}
	published, _ := pem.Decode(target.Powers().PublicKeyPEM())
	if public, err := x509.ParsePKIXPublicKey(published.Bytes); err != nil || !key.PublicKey.Equal(public) {
		t.Errorf("the public key is %v, %v", public, err)
	}
	if _, err := load("ES384"); err == nil || !strings.Contains(err.Error(), "does not fit ES384") {
		t.Errorf("a key of another curve: %v", err)
	}
	if _, err := load("RS256"); err == nil || !strings.Contains(err.Error(), "no PEM private key for RS256") {
		t.Errorf("a key of another kind: %v", err)
	}
}

func write(t *testing.T, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestMintWithAKeyID(t *testing.T) {
	target, err := loadText(t, strings.Replace(sound, "name: gateway", "signing: {alg: HS256, key: secret, kid: key-7}", 1))
	if err != nil {
		t.Fatal(err)
	}
	for want, header := range map[any]map[string]any{"key-7": nil, "other": {"kid": "other"}, nil: {"kid": nil}} {
		raw, err := target.Powers().Mint(nil, header)
		if err != nil {
			t.Fatal(err)
		}
		token, _, err := jwt.NewParser().ParseUnverified(raw, jwt.MapClaims{})
		if err != nil || token.Header["kid"] != want {
			t.Errorf("kid %v, %v; want %v", token.Header["kid"], err, want)
		}
	}
}

// TestAMissingClaimIsNotNull: gateways read the two differently.
func TestAMissingClaimIsNotNull(t *testing.T) {
	target, err := loadText(t, strings.Replace(sound, "name: gateway", "signing: {alg: HS256, key: secret}", 1))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := target.Powers().Mint(map[string]any{"sub": "alice", "iat": nil, "jti": json.RawMessage("null")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(raw, claims); err != nil {
		t.Fatal(err)
	}
	_, iat := claims["iat"]
	if jti, there := claims["jti"]; iat || !there || jti != nil {
		t.Errorf("claims %v: iat is to be missing, and jti to be null", claims)
	}
}
