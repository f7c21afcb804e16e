// Package token holds what a service knows of its issuers, and how it reads
// their tokens.
package token

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// Handler is how validate-jwt reads a token, of which the same bytes can
// be spelled in several ways.
//
// Microsoft does not say how tolerant validate-jwt is. What is known of it:
//
//   - It used System.IdentityModel.Tokens.Jwt: for a token with a space in it
//     the service showed IDX12709, "CanReadToken() returned false" (Azure/
//     api-management-samples issue 31, 2020), and published policies look for
//     IDX12741 in context.LastError.Message. Both messages are of
//     JwtSecurityTokenHandler alone.
//   - That handler first matches the token with JsonCompactSerializationRegex,
//     ^[A-Za-z0-9-_]+\.[A-Za-z0-9-_]+\.[A-Za-z0-9-_]*$, which has no padding, no
//     "+", no "/" and no white space.
//   - What it then decodes with may ignore unused bits at the end, as .NET's
//     Convert.FromBase64String does (dotnet/runtime issue 105264); System.
//     Buffers.Text.Base64 refuses them from .NET 9 on (dotnet/runtime pull
//     request 105262). Which .NET the gateway runs on is not published.
//   - JsonWebTokenHandler, the successor in the same library, does not match
//     the pattern when it validates. Its decoder takes padding and the standard
//     alphabet as well (azure-activedirectory-identitymodel-extensions-for-dotnet
//     issue 1707), and white space that keeps the length a multiple of four.
//
// The rest is assumed: the scheme is compared without case (RFC 9110 section
// 11.1), white space around the token is ignored, and an Authorization header
// that is given twice is joined with a comma (documented of policy expressions)
// and so is no token. Probe a live service for what it accepts.
type Handler int

// The token handlers. The zero value is the one of which there is evidence.
const (
	JwtSecurityTokenHandler Handler = iota // the pattern; unused bits are ignored
	JSONWebTokenHandler                    // no pattern; takes all that the decoder takes
	CanonicalOnly                          // the pattern; unused bits are refused, as from .NET 9 on
)

var compactSerialization = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$`)

// Canonical gives the token with its signature as RFC 7515 section 2 spells it; not
// ok is a token that the handler does not take. Header and payload are signed as
// they are spelled, so that only the signature has other spellings.
func (h Handler) Canonical(token string) (canonical string, ok bool) {
	if h != JSONWebTokenHandler && !compactSerialization.MatchString(token) {
		return "", false
	}
	dot := strings.LastIndexByte(token, '.')
	if dot < 0 {
		return "", false
	}
	signature, ok := decodeSegment(token[dot+1:])
	if !ok {
		return "", false
	}
	canonical = token[:dot+1] + base64.RawURLEncoding.EncodeToString(signature)
	return canonical, h != CanonicalOnly || canonical == token
}

// decodeSegment decodes as Base64UrlEncoder.Decode does: what is missing to a
// multiple of four is filled up, and white space is skipped after that.
func decodeSegment(text string) ([]byte, bool) {
	if len(text)%4 == 1 {
		return nil, false
	}
	text += "==="[:(4-len(text)%4)%4]
	text = strings.NewReplacer("-", "+", "_", "/", " ", "", "\t", "", "\r", "", "\n", "").Replace(text)
	decoded, err := base64.StdEncoding.DecodeString(text)
	return decoded, err == nil
}
