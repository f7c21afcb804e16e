package policy

import (
	"errors"
	"fmt"
	"strings"
)

// Code classifies what a LoadError complains of, for tools that treat some
// complaints differently.
type Code string

// The codes.
const (
	CodeXML         Code = "xml"         // the document cannot be read
	CodeUnsupported Code = "unsupported" // outside of what this package runs
	CodeInvalid     Code = "invalid"     // APIM would refuse it as well
	CodeExpression  Code = "expression"
	CodePeriod      Code = "period" // renewal-period beyond APIM's bound
	CodeTier        Code = "tier"   // not available in the tier
)

// LoadError says what is wrong in a policy document, and where.
type LoadError struct {
	File      string
	Line      int
	Element   string // may be empty
	Attribute string // may be empty
	Code      Code
	Msg       string
}

func (e *LoadError) Error() string {
	where := fmt.Sprintf("%s:%d: ", e.File, e.Line)
	switch {
	case e.Attribute != "":
		return where + fmt.Sprintf("%s of <%s>: %s", e.Attribute, e.Element, e.Msg)
	case e.Element != "":
		return where + fmt.Sprintf("<%s>: %s", e.Element, e.Msg)
	}
	return where + e.Msg
}

// LoadErrors are all that is wrong in a set of documents.
type LoadErrors []*LoadError

func (es LoadErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// ErrHalted ends a pipeline whose response is complete, by return-response.
var ErrHalted = errors.New("the response is complete")
