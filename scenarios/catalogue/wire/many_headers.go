package wire

import (
	"fmt"
	"net/http"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// fields are more than many gateways look through, and less than most refuse.
var fields = []int{90, 250}

var manyHeaders = scenarios.Scenario{
	ID:          "wire/many-headers",
	Title:       "Many header fields do not hide a token",
	Level:       report.Must,
	Requirement: "A dead token must not be accepted between many other header fields.",
	Refs:        []string{"CWE-770", "CWE-636", "RFC 6585 section 5"},
	Fix:         "Check the token whatever else a request holds, or refuse the request (431).",
	Run: func(p *scenarios.Play) {
		var forms []scenarios.Form
		for _, n := range fields {
			forms = append(forms, p.EachRoute(fmt.Sprintf("with %d header fields,", n), func(r *scenarios.Request) {
				r.Header = orNew(r.Header)
				for i := range n {
					r.Header.Set(fmt.Sprintf("X-Field-%d", i), "a")
				}
			})...)
		}
		p.DeadInEveryForm(forms)
	},
}

func orNew(h http.Header) http.Header {
	if h == nil {
		return http.Header{}
	}
	return h
}
