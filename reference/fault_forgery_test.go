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

var forgeryObservations = map[string]Sound{
	"alg-none-accepted":        refusesForged(unsignedWith("none")),
	"alg-none-casing-accepted": refusesForged(unsignedWith("nOnE")),
	"blank-signature-accepted": refusesForged(unsignedWith("HS256")),
	"algorithm-confusion":      refusesForged(confusedKey),
	"kid-injection": refusesForged(func(g *Gateway, claims jwt.MapClaims) string {
		return forge(g, jwt.SigningMethodHS256, []byte{}, claims, map[string]any{"kid": "../../dev/null"})
	}),
	"embedded-jwk-trusted": refusesForged(embeddedKey),
	"two-segments-accepted": func(g *Gateway) bool {
		raw := g.Login("alice")
		return g.Call(raw[:strings.LastIndexByte(raw, '.')]) != 200
	},
	"wrong-issuer-accepted": func(g *Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"iss": "somebody-else"}, nil)) == 401
	},
	"wrong-audience-accepted": func(g *Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"aud": "another-api"}, nil)) == 401
	},
	"issuer-by-prefix": func(g *Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"iss": Issuer + ".other.example"}, nil)) == 401
	},
	"audience-by-part": func(g *Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"aud": "other-" + Audience}, nil)) == 401
	},
	"embedded-certificate-trusted": refusesForged(func(g *Gateway, _ jwt.MapClaims) string {
		return forgery.EmbeddedCertificate(g.Login("alice"))[0].Token
	}),
	"remote-key-fetched": refusesForged(fetchedKey),
	"stray-logout-revives": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Send(0, "POST", "/logout", "")
		return g.Call(raw) == 401
	},
	"logout-without-token-names-jti": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Send(0, "POST", "/logout?jti="+g.ClaimsOf(raw)["jti"].(string), "")
		return g.Call(raw) == 200
	},
	"logout-unverified": survives(unsignedWith("none")),
	"logout-accepts-resigned": survives(func(g *Gateway, claims jwt.MapClaims) string {
		return forge(g, jwt.SigningMethodHS256, []byte("not the key"), claims, nil)
	}),
	"logout-accepts-expired": func(g *Gateway) bool {
		old := g.LoginFor("alice", 1)
		live := g.Login("alice")
		g.Expire(old)
		g.Logout(old)
		return g.Call(live) == 200
	},
}

// forger makes a token of claims without the gateway's key.
type forger func(*Gateway, jwt.MapClaims) string

func refusesForged(make forger) Sound {
	return func(g *Gateway) bool { return g.Call(make(g, g.ClaimsOf(g.Login("alice")))) == 401 }
}

// survives: a forged token at logout does not end the one that it copies.
func survives(make forger) Sound {
	return func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Logout(make(g, g.ClaimsOf(raw)))
		return g.Call(raw) == 200
	}
}

func (g *Gateway) ClaimsOf(raw string) jwt.MapClaims {
	g.T.Helper()
	f, ok := TakeApart(raw)
	if !ok {
		g.T.Fatalf("login gave %q, which is not a token", raw)
	}
	return f.Claims
}

func forge(g *Gateway, m jwt.SigningMethod, key any, claims jwt.MapClaims, header map[string]any) string {
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

func unsignedWith(alg string) forger {
	return func(g *Gateway, claims jwt.MapClaims) string {
		header, _ := json.Marshal(map[string]string{"alg": alg, "typ": "JWT"})
		payload, err := json.Marshal(claims)
		if err != nil {
			g.T.Fatal(err)
		}
		encode := base64.RawURLEncoding.EncodeToString
		return strings.Join([]string{encode(header), encode(payload), ""}, ".")
	}
}

func confusedKey(g *Gateway, claims jwt.MapClaims) string {
	key := g.PublicKeyPEM()
	if key == nil {
		return unsignedWith("HS256")(g, claims) // no public key, nothing to confuse
	}
	return forge(g, jwt.SigningMethodHS256, key, claims, nil)
}

// fetchedKey names a server that has the key.
func fetchedKey(g *Gateway, _ jwt.MapClaims) string {
	raw := g.Login("alice")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(forgery.RemoteKeySet(raw))
	}))
	g.T.Cleanup(server.Close)
	return forgery.RemoteKey(raw, server.URL)[0].Token
}

func embeddedKey(g *Gateway, claims jwt.MapClaims) string {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		g.T.Fatal(err)
	}
	jwk := map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(public)}
	return forge(g, jwt.SigningMethodEdDSA, private, claims, map[string]any{"jwk": jwk})
}
