package wire

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refusalNotCacheable = scenarios.Scenario{
	ID:          "wire/refusal-not-cacheable",
	Title:       "A refusal is not served to others",
	Level:       report.Must,
	Requirement: "A refusal must not declare itself fresh for caches, which would serve it to callers with a live token.",
	Refs:        []string{"RFC 9111 section 3.5", "RFC 9111 section 5.2.2", "CWE-524"},
	Fix:         "Answer refusals with Cache-Control: no-store.",
	Run: func(p *scenarios.Play) {
		o := observe(p)
		if why := fresh(o.dead); why != "" && !varies(o.dead.Header, p.Contract().Carrier) && !p.Planning() {
			p.FailAs(report.WrongShape, report.Where{report.OnlyScenario: "a refusal may be cached"}, "the refusal (%d) may be stored and served again: %s", o.dead.Status, why)
		}
	},
}

// varies reports whether caches serve an answer only to the token that it was
// made for (RFC 9111 section 4.1).
func varies(h http.Header, c scenarios.Carrier) bool {
	carrier := map[string]string{"header": c.Name, "cookie": "Cookie"}[c.In]
	return slices.ContainsFunc(members(h, "Vary"), func(name string) bool {
		return name == "*" || carrier != "" && strings.EqualFold(name, carrier)
	})
}

// fresh says what makes an answer explicitly fresh; "" if nothing does.
func fresh(a scenarios.Answer) string {
	directives := directivesOf(a.Header)
	for _, stop := range []string{"no-store", "no-cache", "private"} {
		if _, ok := directives[stop]; ok {
			return ""
		}
	}
	for _, name := range []string{"s-maxage", "max-age"} {
		if value, ok := directives[name]; ok {
			if n, err := strconv.Atoi(value); err == nil && n > 0 {
				return "Cache-Control: " + name + "=" + value
			}
			return "" // it is stronger than Expires
		}
	}
	if at, err := http.ParseTime(a.Header.Get("Expires")); err == nil && at.After(sentAt(a)) {
		return "Expires: " + a.Header.Get("Expires")
	}
	return ""
}

// sentAt is when the answer was made, by the clock that Expires goes by.
func sentAt(a scenarios.Answer) time.Time {
	if at, err := http.ParseTime(a.Header.Get("Date")); err == nil {
		return at
	}
	return a.Received
}

func directivesOf(h http.Header) map[string]string {
	found := map[string]string{}
	for _, part := range members(h, "Cache-Control") {
		name, value, _ := strings.Cut(part, "=")
		found[strings.ToLower(name)] = strings.Trim(value, `"`)
	}
	return found
}

// members are those of a list in a header field (RFC 9110 section 5.6.1).
func members(h http.Header, field string) []string {
	var list []string
	for _, line := range h.Values(field) {
		for part := range strings.SplitSeq(line, ",") {
			list = append(list, strings.TrimSpace(part))
		}
	}
	return list
}
