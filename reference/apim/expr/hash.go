package expr

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// Hashing is how published policies make a short key of a token.
const (
	bytesType    Type = "byte[]"
	encodingType Type = "Encoding"
	hasherType   Type = "HashAlgorithm"
)

type hasher func([]byte) []byte

var hashers = map[string]hasher{
	"SHA256": func(b []byte) []byte { s := sha256.Sum256(b); return s[:] },
	"SHA384": func(b []byte) []byte { s := sha512.Sum384(b); return s[:] },
	"SHA512": func(b []byte) []byte { s := sha512.Sum512(b); return s[:] },
	"SHA1":   func(b []byte) []byte { s := sha1.Sum(b); return s[:] },
	"MD5":    func(b []byte) []byte { s := md5.Sum(b); return s[:] },
}

func init() {
	for name, h := range hashers {
		statics[name] = map[string][]method{
			"Create":   {on(hasherType, func(any, []any) any { return h })},
			"HashData": {on(bytesType, func(_ any, a []any) any { return h(bytesOf(a[0])) }, bytesType)},
		}
	}
	statics["Encoding"], statics["BitConverter"] = map[string][]method{}, map[string][]method{
		"ToString": {on(String, func(_ any, a []any) any { return dashed(bytesOf(a[0])) }, bytesType)},
	}
	staticProperties["Encoding"] = map[string]property{}
	for _, name := range []string{"UTF8", "ASCII", "Default"} {
		staticProperties["Encoding"][name] = property{encodingType, func(*frame, any) any { return name }}
	}
	methods[hasherType] = map[string][]method{
		"ComputeHash": {on(bytesType, func(of any, a []any) any { return of.(hasher)(bytesOf(a[0])) }, bytesType)},
	}
	methods[encodingType] = map[string][]method{
		"GetBytes":  {on(bytesType, func(_ any, a []any) any { return []byte(Text(a[0])) }, String)},
		"GetString": {on(String, func(_ any, a []any) any { return string(bytesOf(a[0])) }, bytesType)},
	}
	convertStatics["ToBase64String"] = []method{on(String, func(_ any, a []any) any { return base64.StdEncoding.EncodeToString(bytesOf(a[0])) }, bytesType)}
	convertStatics["FromBase64String"] = []method{may(bytesType, fromBase64, String)}
	convertStatics["ToHexString"] = []method{on(String, func(_ any, a []any) any { return strings.ToUpper(hex.EncodeToString(bytesOf(a[0]))) }, bytesType)}
}

// bytesOf is an array of bytes, none for null.
func bytesOf(v any) []byte {
	b, _ := v.([]byte)
	return b
}

// dashed is BitConverter's form, 0A-FF.
func dashed(b []byte) string {
	var parts []string
	for _, c := range b {
		parts = append(parts, strings.ToUpper(hex.EncodeToString([]byte{c})))
	}
	return strings.Join(parts, "-")
}

func fromBase64(_ any, a []any) (any, error) {
	b, err := base64.StdEncoding.DecodeString(Text(a[0]))
	if err != nil {
		return nil, errors.New("the string is not Base64")
	}
	return b, nil
}
