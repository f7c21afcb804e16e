package forgery

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var keyFaults = []fault.Fault{
	{Name: "guessable-secret", Summary: "Tokens are signed with the secret \"secret\".", Plant: signWithWord},
	{
		Name: "algorithm-confusion", Summary: "A token signed with HS256 and the public RSA key, as PEM, is accepted.",
		Adjust: func(cfg *gateway.Config) { cfg.Alg = "RS256" }, Plant: fault.AcceptForged(confused),
	},
	{Name: "kid-injection", Summary: "An unknown kid is read as a file name, whose missing or empty content is then the HMAC key.", Plant: fault.AcceptForged(emptyKey)},
	{Name: "embedded-jwk-trusted", Summary: "A token is verified with the key in its own jwk header.", Plant: fault.AcceptForged(ownKey)},
	{Name: "embedded-certificate-trusted", Summary: "A token is verified with the certificate in its own x5c header, whoever signed that.", Plant: fault.AcceptForged(ownCertificate)},
	{Name: "remote-key-fetched", Summary: "A token is verified with a key that is fetched from the URL in its own jku header.", Plant: fault.AcceptForged(fetchKey)},
}

// confused takes the PEM of the key with or without its last line end.
func confused(p *gateway.Process, f fault.Parts) bool {
	der, err := x509.MarshalPKIXPublicKey(p.Keys.Public())
	if err != nil || f.Text("alg") != "HS256" {
		return false
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	return f.SignedBy(text) || f.SignedBy([]byte(strings.TrimSpace(string(text))))
}

func emptyKey(p *gateway.Process, f fault.Parts) bool {
	kid, given := f.Header["kid"]
	return given && kid != p.Keys.ID() && strings.HasPrefix(f.Text("alg"), "HS") && f.SignedBy([]byte{})
}

func ownKey(_ *gateway.Process, f fault.Parts) bool {
	jwk, _ := f.Header["jwk"].(map[string]any)
	key := publicKey(jwk)
	return key != nil && f.SignedBy(key)
}

func ownCertificate(_ *gateway.Process, f fault.Parts) bool {
	chain, _ := f.Header["x5c"].([]any)
	if len(chain) == 0 {
		return false
	}
	text, _ := chain[0].(string)
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	cert, err := x509.ParseCertificate(der)
	return err == nil && f.SignedBy(cert.PublicKey)
}

// fetchKey gives a slow server time, for the suite itself may be the server, and
// does not wait for ever.
func fetchKey(_ *gateway.Process, f fault.Parts) bool {
	client := http.Client{Timeout: 20 * time.Second}
	res, err := client.Get(f.Text("jku"))
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	var set struct{ Keys []map[string]any }
	if json.NewDecoder(res.Body).Decode(&set) != nil {
		return false
	}
	return slices.ContainsFunc(set.Keys, func(jwk map[string]any) bool { return f.SignedBy(publicKey(jwk)) })
}

// publicKey reads a JWK (RFC 7518, section 6; RFC 8037); nil if it cannot.
func publicKey(jwk map[string]any) any {
	field := func(name string) []byte {
		text, _ := jwk[name].(string)
		b, _ := base64.RawURLEncoding.DecodeString(text)
		return b
	}
	switch jwk["kty"] {
	case "oct":
		return field("k")
	case "RSA":
		return &rsa.PublicKey{N: new(big.Int).SetBytes(field("n")), E: int(new(big.Int).SetBytes(field("e")).Int64())}
	case "EC":
		point := slices.Concat([]byte{4}, field("x"), field("y"))
		if key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point); err == nil {
			return key
		}
	case "OKP":
		return ed25519.PublicKey(field("x"))
	}
	return nil
}

func signWithWord(s *gateway.Site) func(*gateway.Process) {
	s.Keys = s.Keys.Guessable()
	return func(*gateway.Process) {}
}
