package reference

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
)

var forgeryObservations = map[string]sound{
	"alg-none-accepted":        refusesForged(unsignedWith("none")),
	"alg-none-casing-accepted": refusesForged(unsignedWith("nOnE")),
	"blank-signature-accepted": refusesForged(unsignedWith("HS256")),
	"algorithm-confusion":      refusesForged(confusedKey),
	"kid-injection": refusesForged(func(g *rig, claims jwt.MapClaims) string {
		return forge(g, jwt.SigningMethodHS256, []byte{}, claims, map[string]any{"kid": "../../dev/null"})
	}),
	"embedded-jwk-trusted": refusesForged(embeddedKey),
	"two-segments-accepted": func(g *rig) bool {
		raw := g.login("alice")
		return g.call(raw[:strings.LastIndexByte(raw, '.')]) != 200
	},
	"wrong-issuer-accepted": func(g *rig) bool {
		return g.call(g.mint(map[string]any{"iss": "somebody-else"}, nil)) == 401
	},
	"wrong-audience-accepted": func(g *rig) bool {
		return g.call(g.mint(map[string]any{"aud": "another-api"}, nil)) == 401
	},
	"issuer-by-prefix": func(g *rig) bool { return g.call(g.mint(map[string]any{"iss": Issuer + ".other.example"}, nil)) == 401 },
	"audience-by-part": func(g *rig) bool { return g.call(g.mint(map[string]any{"aud": "other-" + Audience}, nil)) == 401 },
	"embedded-certificate-trusted": refusesForged(func(g *rig, _ jwt.MapClaims) string {
		return forgery.EmbeddedCertificate(g.login("alice"))[0].Token
	}),
	"remote-key-fetched": refusesForged(fetchedKey),
	"stray-logout-revives": func(g *rig) bool {
		raw := g.dead("alice")
		g.send(0, "POST", "/logout", "")
		return g.call(raw) == 401
	},
	"logout-without-token-names-jti": func(g *rig) bool {
		raw := g.login("alice")
		g.send(0, "POST", "/logout?jti="+g.claimsOf(raw)["jti"].(string), "")
		return g.call(raw) == 200
	},
	"logout-unverified": survives(unsignedWith("none")),
	"logout-accepts-resigned": survives(func(g *rig, claims jwt.MapClaims) string {
		return forge(g, jwt.SigningMethodHS256, []byte("not the key"), claims, nil)
	}),
	"logout-accepts-expired": func(g *rig) bool {
		old := g.loginFor("alice", 1)
		live := g.login("alice")
		g.expire(old)
		g.logout(old)
		return g.call(live) == 200
	},
}

// forger makes a token of claims without the gateway's key.
type forger func(*rig, jwt.MapClaims) string

func refusesForged(make forger) sound {
	return func(g *rig) bool { return g.call(make(g, g.claimsOf(g.login("alice")))) == 401 }
}

// survives: a forged token at logout does not end the one that it copies.
func survives(make forger) sound {
	return func(g *rig) bool {
		raw := g.login("alice")
		g.logout(make(g, g.claimsOf(raw)))
		return g.call(raw) == 200
	}
}

func (g *rig) claimsOf(raw string) jwt.MapClaims {
	g.t.Helper()
	f, ok := takeApart(raw)
	if !ok {
		g.t.Fatalf("login gave %q, which is not a token", raw)
	}
	return f.claims
}

func forge(g *rig, m jwt.SigningMethod, key any, claims jwt.MapClaims, header map[string]any) string {
	g.t.Helper()
	t := jwt.NewWithClaims(m, claims)
	for name, value := range header {
		t.Header[name] = value
	}
	raw, err := t.SignedString(key)
	if err != nil {
		g.t.Fatal(err)
	}
	return raw
}

func unsignedWith(alg string) forger {
	return func(g *rig, claims jwt.MapClaims) string {
		header, _ := json.Marshal(map[string]string{"alg": alg, "typ": "JWT"})
		payload, err := json.Marshal(claims)
		if err != nil {
			g.t.Fatal(err)
		}
		encode := base64.RawURLEncoding.EncodeToString
		return strings.Join([]string{encode(header), encode(payload), ""}, ".")
	}
}

func confusedKey(g *rig, claims jwt.MapClaims) string {
	key := g.PublicKeyPEM()
	if key == nil {
		return unsignedWith("HS256")(g, claims) // no public key, nothing to confuse
	}
	return forge(g, jwt.SigningMethodHS256, key, claims, nil)
}

// fetchedKey names a server that has the key.
func fetchedKey(g *rig, _ jwt.MapClaims) string {
	raw := g.login("alice")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(forgery.RemoteKeySet(raw))
	}))
	g.t.Cleanup(server.Close)
	return forgery.RemoteKey(raw, server.URL)[0].Token
}

func embeddedKey(g *rig, claims jwt.MapClaims) string {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		g.t.Fatal(err)
	}
	jwk := map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(public)}
	return forge(g, jwt.SigningMethodEdDSA, private, claims, map[string]any{"jwk": jwk})
}
