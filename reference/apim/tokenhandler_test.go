package apim_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
)

// whateverTheHandler are the spellings that do not touch the token's text, and
// a signature that is as canonical as the first.
var whateverTheHandler = []spelling.Family{
	spelling.FamilySchemeCase, spelling.FamilyOtherScheme, spelling.FamilyExtraSpace, spelling.FamilyECDSATwin,
}

// TestWhatEachTokenHandlerTakes: of a live token in every spelling, each
// handler takes some of the families that its evidence names, and none else.
func TestWhatEachTokenHandlerTakes(t *testing.T) {
	for handler, own := range map[token.Handler][]spelling.Family{
		token.JwtSecurityTokenHandler: {spelling.FamilyTrailingBits},
		token.JSONWebTokenHandler:     {spelling.FamilyTrailingBits, spelling.FamilyPadding, spelling.FamilyStandardAlphabet, spelling.FamilyEmbeddedWhitespace},
		token.CanonicalOnly:           nil,
	} {
		s := newStage(t, apim.Recipe(), func(o *apim.Options) { o.TokenHandler = handler })
		taken := map[spelling.Family]bool{}
		for range 20 { // not every signature has a character of the other alphabet
			for _, other := range spelling.All(s.login()) {
				if other.Fits(spelling.Header) {
					taken[other.Family] = taken[other.Family] || s.takes(other)
				}
			}
		}
		want := map[spelling.Family]bool{}
		for family := range taken {
			want[family] = false
		}
		for _, family := range append(own, whateverTheHandler...) {
			want[family] = true
		}
		assert.Equal(t, want, taken, "handler %d", handler)
	}
}

// takes sends the header lines as they are.
func (s *stage) takes(other spelling.Spelling) bool {
	r := httptest.NewRequest("GET", "/api/hello", nil)
	r.Header["Authorization"] = other.Lines()
	w := httptest.NewRecorder()
	s.service.Gateway(0).ServeHTTP(w, r)
	return w.Code == 200
}

// TestOnlyTheSignatureIsRespelt: header and payload are signed as they are
// written, so that no handler takes another spelling of them.
func TestOnlyTheSignatureIsRespelt(t *testing.T) {
	s := newStage(t, apim.Recipe(), func(o *apim.Options) { o.TokenHandler = token.JSONWebTokenHandler })
	found := false
	for _, other := range spelling.Of(s.login(), spelling.FamilyPadding) {
		if other.Name == "padding/payload-right" || other.Name == "padding/header-right" {
			found = true
			assert.False(t, s.takes(other), other.Name)
		}
	}
	require.True(t, found)
}
