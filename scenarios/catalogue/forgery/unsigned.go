package forgery

import (
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
)

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
