package respelling_test

import (
	"crypto/elliptic"
	"encoding/base64"
	"math/big"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var keyObservations = map[string]trial.Sound{
	"key-raw-header": func(g *trial.Gateway) bool {
		return respelledDies(g, func(raw string) string { return "bearer " + raw })
	},
	"key-raw-token": func(g *trial.Gateway) bool {
		return respelledDies(g, func(raw string) string { return "Bearer " + raw + "=" }) &&
			respelledDies(g, func(raw string) string { return "Bearer " + otherLastBits(raw) })
	},
	"key-raw-token-strict": func(g *trial.Gateway) bool { return respelledDies(g, twin) },
	"key-signature":        func(g *trial.Gateway) bool { return respelledDies(g, twin) },
	"key-raw-query": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		return g.Send(0, "GET", "/api/hello?token="+strings.ReplaceAll(raw, ".", "%2E"), "").Code == 401
	},
	"key-raw-cookie": func(g *trial.Gateway) bool {
		return g.Send(0, "GET", "/api/hello", "", trial.Header("Cookie", `jwt="`+g.Dead("alice")+`"`)).Code == 401
	},
}

// respelledDies: the spelling is accepted of a live token, and refused of a
// dead one, whichever of the two spellings was logged out.
func respelledDies(g *trial.Gateway, spell func(string) string) bool {
	raw := g.Login("alice")
	spelled := func(method, target string) int {
		return g.Send(0, method, target, "", trial.Header("Authorization", spell(raw))).Code
	}
	live := spelled("GET", "/api/hello")
	g.MustLogout(raw)
	forth := spelled("GET", "/api/hello")
	raw = g.Login("alice")
	out := spelled("POST", "/logout")
	return live == 200 && forth == 401 && out == 204 && g.Call(raw) == 401
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// otherLastBits changes bits of the last letter that no byte is made of.
func otherLastBits(raw string) string {
	last := strings.IndexByte(alphabet, raw[len(raw)-1])
	return raw[:len(raw)-1] + alphabet[last^1:last^1+1]
}

// twin is the header with the other ECDSA signature of the same token: with
// (r, s) also (r, n-s) is valid.
func twin(raw string) string {
	dot := strings.LastIndexByte(raw, '.')
	sig, err := base64.RawURLEncoding.DecodeString(raw[dot+1:])
	if err != nil || len(sig) != 64 {
		return "Bearer not-a-P256-signature"
	}
	s := new(big.Int).SetBytes(sig[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(sig[32:])
	return "Bearer " + raw[:dot+1] + base64.RawURLEncoding.EncodeToString(sig)
}
