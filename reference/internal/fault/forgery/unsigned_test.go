package forgery_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var unsignedObservations = map[string]trial.Sound{
	"alg-none-accepted":        refusesForged(unsignedWith("none")),
	"alg-none-casing-accepted": refusesForged(unsignedWith("nOnE")),
	"blank-signature-accepted": refusesForged(unsignedWith("HS256")),
	"two-segments-accepted": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		return g.Call(raw[:strings.LastIndexByte(raw, '.')]) != 200
	},
}

// forger makes a token of claims without the gateway's key.
type forger func(*trial.Gateway, jwt.MapClaims) string

func refusesForged(make forger) trial.Sound {
	return func(g *trial.Gateway) bool { return g.Call(make(g, g.ClaimsOf(g.Login("alice")))) == 401 }
}

func unsignedWith(alg string) forger {
	return func(g *trial.Gateway, claims jwt.MapClaims) string {
		header, _ := json.Marshal(map[string]string{"alg": alg, "typ": "JWT"})
		payload, err := json.Marshal(claims)
		if err != nil {
			g.T.Fatal(err)
		}
		encode := base64.RawURLEncoding.EncodeToString
		return strings.Join([]string{encode(header), encode(payload), ""}, ".")
	}
}
