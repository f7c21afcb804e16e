package isolation

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

// tokenMake is another way to make a token, which an issuer may change to, or
// another one have.
type tokenMake struct {
	name string
	// of gives the claims and header fields that differ from a token's; none
	// where there is nothing to change.
	of func(t *scenarios.Token) (claims, header map[string]any)
}

// makes have no time that lies ahead of the token's: one that was issued after
// its logout would be another.
var makes = []tokenMake{
	claim("aud as a list", "aud", audiences),
	claim("nbf in the past", "nbf", before("iat", 60)),
	claim("no nbf", "nbf", without("nbf")),
	claim("iat as a float", "iat", float("iat")),
	claim("no iat", "iat", without("iat")),
	claim("null as iat", "iat", null("iat")),
	claim("exp with a fraction", "exp", before("exp", -0.5)),
	claim("exp with an exponent", "exp", exponent("exp")),
	header("no kid", "kid", nil),
	header("another typ", "typ", "at+jwt"),
	header("no typ", "typ", nil),
	claim("2 KB of claims", "permissions", always(strings.Repeat("read:all ", 228))),
	claim("a claim beyond ASCII", "name", always("Zoë Łukasiewicz 太郎 🔑")),
	claim("an object as a claim", "realm_access", always(map[string]any{"roles": []any{"reader"}, "of": map[string]any{"exp": "never"}})),
}

// value is a claim's, and whether the token can have it.
type value func(t *scenarios.Token) (any, bool)

func claim(name, claim string, v value) tokenMake {
	return tokenMake{name, func(t *scenarios.Token) (claims, header map[string]any) {
		if to, ok := v(t); ok {
			return map[string]any{claim: to}, nil
		}
		return nil, nil
	}}
}

func header(name, field string, to any) tokenMake {
	return tokenMake{name, func(t *scenarios.Token) (claims, header map[string]any) {
		if t.Header[field] == to {
			return nil, nil
		}
		return nil, map[string]any{field: to}
	}}
}

func always(v any) value { return func(*scenarios.Token) (any, bool) { return v, true } }

func without(claim string) value {
	return func(t *scenarios.Token) (any, bool) { return nil, t.Claims[claim] != nil }
}

// null is a claim that is there and says nothing, where the token has one.
func null(claim string) value {
	return func(t *scenarios.Token) (any, bool) { return json.RawMessage("null"), t.Claims[claim] != nil }
}

func audiences(t *scenarios.Token) (any, bool) {
	switch aud := t.Claims["aud"].(type) {
	case string:
		return []any{aud, "another-api"}, true
	case []any:
		return append(slices.Clone(aud), "another-api"), true
	}
	return nil, false
}

func before(claim string, seconds float64) value {
	return func(t *scenarios.Token) (any, bool) {
		at, ok := t.Claims[claim].(float64)
		return at - seconds, ok
	}
}

// float writes a time with a point, and exponent with an e.
func float(claim string) value {
	return func(t *scenarios.Token) (any, bool) {
		at, ok := t.Claims[claim].(float64)
		text := strconv.FormatFloat(at, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		return json.Number(text), ok
	}
}

func exponent(claim string) value {
	return func(t *scenarios.Token) (any, bool) {
		at, ok := t.Claims[claim].(float64)
		return json.Number(strconv.FormatFloat(at, 'e', -1, 64)), ok
	}
}

func merged(all ...map[string]any) map[string]any {
	one := map[string]any{}
	for _, m := range all {
		maps.Copy(one, m)
	}
	return one
}
