package respelling

import (
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var schemeFaults = []fault.Fault{
	{Name: "other-scheme-unchecked", Summary: "A token after the scheme Token or JWT is accepted, and not checked for revocation.", Plant: fault.Each(takeOtherSchemes)},
	{Name: "sloppy-scheme-unchecked", Summary: "A token after Bearer and a colon is accepted, and not checked for revocation.", Plant: fault.Each(takeColon)},
}

func takeOtherSchemes(p *gateway.Process) {
	fault.ReadElsewhere(p, func(r *http.Request) string {
		scheme, raw, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if scheme == "Token" || scheme == "JWT" {
			return raw
		}
		return ""
	})
}

func takeColon(p *gateway.Process) {
	fault.ReadElsewhere(p, func(r *http.Request) string {
		raw, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer:")
		if !found {
			return ""
		}
		return strings.TrimSpace(raw)
	})
}
