// Package respelling holds the scenarios in which the same token is written
// differently. The holder of a token needs no key for any of it (peers call it
// GHSA-j5fj-8wxc-gvmj): whoever keys a deny-list by text has a hole.
package respelling

import (
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Scenarios are those of the group.
func Scenarios() []scenarios.Scenario { return slices.Clone(table) }

// refs that all scenarios of the group have.
var refs = []string{"CWE-613", "CWE-289", "GHSA-j5fj-8wxc-gvmj", "OWASP ASVS 5.0 V7.4.1"}

// of makes the scenario of a family of spellings.
func of(family spelling.Family, title, how string, hint spelling.KeyHint, sources ...string) scenarios.Scenario {
	return scenarios.Scenario{
		ID:           "respelling/" + string(family),
		Title:        title,
		Level:        report.Must,
		Requirement:  "A token " + how + " must not be accepted after its logout, and a logout with it must end the token as issued.",
		Refs:         append(sources, refs...),
		Needs:        []scenarios.Capability{needOf(family)},
		Fix:          hint.Fix(),
		PerAlgorithm: true,
		Run:          func(p *scenarios.Play) { play(p, family) },
	}
}

// needOf is what a target must have for a family to have a spelling there.
func needOf(family spelling.Family) scenarios.Capability {
	switch family {
	case spelling.FamilySchemeCase, spelling.FamilyOtherScheme, spelling.FamilyExtraSpace, spelling.FamilyDuplicateHeader:
		return scenarios.BearerHeader
	case spelling.FamilyECDSATwin, spelling.FamilyECDSADER:
		return scenarios.ECDSA
	case spelling.FamilyEdDSATwin:
		return scenarios.EdDSA
	}
	return scenarios.Spellings
}
