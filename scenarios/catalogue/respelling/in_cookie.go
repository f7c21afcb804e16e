package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// inCookie: servers take quotes off a cookie, and browsers have names with a prefix.
var inCookie = ofField(spelling.FamilyInCookie, "cookie",
	"Quotes and another name of a cookie do not make another token",
	"in a cookie, in quotes, with percent-escapes, or under another case or prefix of its name,",
	spelling.InCookie, "RFC 6265 section 4.1.1", "RFC 3986 section 6.2.2")
