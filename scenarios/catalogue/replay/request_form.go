package replay

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var requestForm = scenarios.Scenario{
	ID:    "replay/request-form",
	Title: "Another form of the request does not revive a token",
	Level: report.Must,
	Requirement: "A logged-out token must not be accepted in a request of HTTP/1.0, with the whole URL on its request line, with its " +
		"field names in another case, or with a body where there is none, in chunks or in gzip.",
	Refs: []string{"RFC 9112 section 3.2.2", "RFC 9112 section 7.1", "RFC 9110 section 5.1", "CWE-613", "CWE-436"},
	Fix:  "Check revocation on the request that is served, after it has been parsed, whatever its form was.",
	Run: func(p *scenarios.Play) {
		var forms []scenarios.Form
		for _, f := range []struct {
			name   string
			change func(*scenarios.Request)
		}{
			{"HTTP/1.0", func(r *scenarios.Request) { r.Via = scenarios.HTTP10 }},
			{"the whole URL on the request line,", func(r *scenarios.Request) { r.Absolute = true }},
			{"lower-case field names,", lowerCase},
			{"a body", func(r *scenarios.Request) { r.Body = orBody(r.Body) }},
			{"a body in chunks,", func(r *scenarios.Request) { r.Body, r.Chunked = orBody(r.Body), true }},
			{"a body in gzip,", compress},
		} {
			forms = append(forms, p.EachRoute(f.name, f.change)...)
		}
		p.DeadInEveryForm(forms)
	},
}

func orBody(body string) string {
	if body == "" {
		return "{}"
	}
	return body
}

func compress(r *scenarios.Request) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(orBody(r.Body))) // a buffer takes everything
	_ = w.Close()
	r.Body = b.String()
	r.Header.Set("Content-Encoding", "gzip")
}

func lowerCase(r *scenarios.Request) {
	lower := http.Header{}
	for name, values := range r.Header {
		lower[strings.ToLower(name)] = values
	}
	r.Header, r.AsWritten = lower, true
}
