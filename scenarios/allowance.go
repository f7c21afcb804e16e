package scenarios

import "github.com/revocheck/revocheck/scenarios/contract"

// MayCrowd reports whether a target can be asked many things at once: nothing
// in its target file says that it should be spared.
func (p *Play) MayCrowd() bool { return p.contract.MayCrowd() }

// MayLoginOften reports whether a scenario may log in more often than it has
// to: at the gateway itself, and without a limit to its pace.
func (p *Play) MayLoginOften() bool {
	return p.contract.MayLoginOften()
}

// Given reports whether the token was obtained before the run: its first call may
// show that it has been used.
func (t *Token) Given() bool { return t != nil && t.given }

// HasGiven reports whether tokens are given, of which there may be few.
func (p *Play) HasGiven() bool { return p.contract.LoginWay() == contract.ByTokens }
