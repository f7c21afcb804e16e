// Package token signs and verifies the JSON Web Tokens of the reference
// gateway (RFC 7519, RFC 7515, with the advice of RFC 8725).
//
// A Verifier pins one algorithm and one key. It decodes strictly unless it is
// told otherwise. It closes two holes that golang-jwt leaves open: CR and LF,
// which Go's base64 skips even in strict mode, and the crit header, which the
// library does not read.
package token
