package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// inQuery: a query is decoded before anybody reads a token in it.
var inQuery = ofField(spelling.FamilyInQuery, "query",
	"Escapes in a query do not make another token",
	"in a query, with percent-escapes in it or in the parameter's name, twice or as a list,",
	spelling.InQuery, "RFC 3986 section 6.2.2", "RFC 6750 section 2.3")
