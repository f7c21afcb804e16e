package respelling

import (
	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/scenarios"
)

// table has one row a family: its title, how the token is written, what a
// revocation must be keyed by if a spelling passes, and the sources.
var table = []scenarios.Scenario{
	of(spelling.FamilySchemeCase, // the scheme is case-insensitive, the text of a header is not
		"Another case of the scheme is the same token",
		"whose scheme is written in another case",
		spelling.RawHeader, "RFC 9110 section 11.1"),
	of(spelling.FamilyOtherScheme, // libraries take these for Bearer
		"Another scheme does not make another token",
		"after another scheme than Bearer, or after none,",
		spelling.RawHeader, "RFC 9110 section 11.1", "RFC 6750 section 2.1"),
	of(spelling.FamilyExtraSpace, // many servers trim what the grammar does not allow
		"More space before the token is the same token",
		"that follows its scheme after more, or other, white space",
		spelling.RawHeader, "RFC 9110 section 11.4", "RFC 6750 section 2.1"),
	of(spelling.FamilyDuplicateHeader, // a recipient may join the lines, and its check may read another one than its backend
		"A repeated header is the same token",
		"that is sent in two header lines or in one that a comma divides",
		spelling.RawHeader, "RFC 9110 section 5.3"),

	of(spelling.FamilyTrailingBits, // the last character of base64url may have bits of no byte
		"Unused last bits do not make another token",
		"whose signature ends in another character that decodes to the same bytes",
		spelling.RawToken, "RFC 4648 section 3.5", "RFC 7515 section 2"),
	of(spelling.FamilyPadding, // a JWT leaves it out, and some decoders take it
		"Padding does not make another token",
		"with base64 padding added",
		spelling.RawToken, "RFC 7515 section 2", "RFC 4648 section 3.2"),
	of(spelling.FamilyStandardAlphabet, // some decoders read + and / as - and _
		"The standard alphabet does not make another token",
		"written in the standard base64 alphabet",
		spelling.RawToken, "RFC 4648 section 5", "RFC 7515 section 2"),
	of(spelling.FamilyEmbeddedWhitespace, // decoders skip some of it, also strict ones
		"White space inside does not make another token",
		"with white space inside or after its signature",
		spelling.RawToken, "RFC 7515 section 2", "RFC 4648 section 3.3"),
	of(spelling.FamilyNonAlphabet, // some decoders drop what they do not know
		"Characters of no alphabet do not make another token",
		"with characters in its signature that base64 does not have",
		spelling.RawToken, "RFC 4648 section 3.3", "GHSA-hxm8-2xgr-2p9m"),
	of(spelling.FamilyExtraSegment, // hand-written parsers split at the dots and take three parts
		"A further segment does not make another token",
		"with more after its signature",
		spelling.RawToken, "RFC 7515 section 7.1"),
	of(spelling.FamilyEscaped, // cookies are decoded by some layers, and not by others
		"Escapes and quotes do not make another token",
		"with percent-escapes in it or in quotes",
		spelling.RawToken, "RFC 3986 section 6.2.2", "RFC 6265 section 4.1.1"),
	of(spelling.FamilyJSONSerialization, // a JWT has the compact one alone, and parsers take both
		"The JSON serialization does not make another token",
		"in a JSON serialization, general or flattened,",
		spelling.RawToken, "RFC 7515 section 7.2", "RFC 7519 section 3"),

	of(spelling.FamilyTruncatedSignature, // a validator that compares only what is there accepts it
		"A shortened signature does not make another token",
		"whose signature is cut short",
		spelling.SignatureBytes, "RFC 7515 section 5.2", "RFC 2104 section 5"),
	of(spelling.FamilyECDSATwin, // both verify, under every library option
		"The second signature of ECDSA does not make another token",
		"whose ECDSA signature (r, s) is replaced by (r, n-s)",
		spelling.SignatureBytes, "RFC 7518 section 3.4", "RFC 8725 section 3.1"),
	of(spelling.FamilyECDSADER, // X.509 writes signatures so, and libraries have taken both
		"Another encoding of ECDSA does not make another token",
		"with its ECDSA signature in DER",
		spelling.SignatureBytes, "RFC 7518 section 3.4"),
	of(spelling.FamilyEdDSATwin, // old verifiers do not compare S with the order of the group
		"The second signature of EdDSA does not make another token",
		"with the number S of its Ed25519 signature raised by the order of the group",
		spelling.SignatureBytes, "RFC 8032 section 5.1.7"),

	ofField(spelling.FamilyInQuery, "query", // a query is decoded before anybody reads a token in it
		"Escapes in a query do not make another token",
		"in a query, with percent-escapes in it or in the parameter's name, twice or as a list,",
		spelling.InQuery, "RFC 3986 section 6.2.2", "RFC 6750 section 2.3"),
	ofField(spelling.FamilyInCookie, "cookie", // servers take quotes off a cookie, and browsers have names with a prefix
		"Quotes and another name of a cookie do not make another token",
		"in a cookie, in quotes, with percent-escapes, or under another case or prefix of its name,",
		spelling.InCookie, "RFC 6265 section 4.1.1", "RFC 3986 section 6.2.2"),
}
