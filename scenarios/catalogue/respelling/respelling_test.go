package respelling_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/respelling"
)

func TestSpacesOfALenientParserEscapeAKeyOfTheHeader(t *testing.T) {
	cfg := reference.Config{Fault: "key-raw-header", Lenient: reference.Lenient{Header: true}}
	prove.Fails(t, respelling.Scenarios(), cfg, "respelling/extra-space")
}
