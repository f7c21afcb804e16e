package forgery

import (
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
)

var unsigned = scenario("unsigned",
	"Claims without a signature are no token",
	"Claims that come without the segment of the signature must not be accepted.",
	"Refuse whatever is not three segments, and verify the third.",
	refused(bare), "RFC 7519 section 6", "RFC 7515 section 7.1")

// bare leaves the last segment out, of the token and of its copy with "none".
func bare(token string) []forgery.Forgery {
	var list []forgery.Forgery
	for _, f := range append(forgery.AlgNone(token), forgery.Forgery{Name: "unsigned/as-issued", Token: token}) {
		end := strings.LastIndexByte(f.Token, '.')
		if end < 0 || strings.HasSuffix(f.Name, "-signature-kept") {
			continue
		}
		f.Token = f.Token[:end]
		list = append(list, f)
	}
	if _, claims, ok := strings.Cut(token, "."); ok {
		claims, _, _ = strings.Cut(claims, ".")
		list = append(list, forgery.Forgery{Name: "unsigned/claims-alone", Token: claims})
	}
	return list
}
