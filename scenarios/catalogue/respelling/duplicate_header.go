package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// duplicateHeader: a recipient may join the lines, and its check may read another one than its backend.
var duplicateHeader = of(spelling.FamilyDuplicateHeader,
	"A repeated header is the same token",
	"that is sent in two header lines or in one that a comma divides",
	spelling.RawHeader, "RFC 9110 section 5.3")
