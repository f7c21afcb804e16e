package lint

import (
	"errors"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/reference/apim"
)

// NotJudged is the rule of a document that was not judged at all.
var NotJudged = Rule{"not-judged", "The document cannot be judged",
	"What is not read is not judged: any hole may be in it.",
	"Correct what the message names, or take it out for the judgement and look at it yourself."}

// Unjudged are findings of the places for which Lint returned an error; none
// if it is of another kind.
func Unjudged(err error) []Finding {
	var errs apim.LoadErrors
	if !errors.As(err, &errs) {
		return nil
	}
	findings := make([]Finding, len(errs))
	for i, e := range errs {
		place := fmt.Sprintf("%s:%d: ", e.File, e.Line)
		findings[i] = Finding{NotJudged, e.File, e.Line, strings.TrimPrefix(e.Error(), place)}
	}
	return findings
}
