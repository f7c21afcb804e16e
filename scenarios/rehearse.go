package scenarios

// RehearsalError is what is wrong with a scenario, whatever the target.
type RehearsalError struct {
	// Line of the script; 0 for a scenario that is no script.
	Line int
	What string
	// Undeclared is a capability that the scenario uses and does not need;
	// empty if that is not what is wrong.
	Undeclared Capability
	// Unproven: a refusal lacks its controls, so that it proves nothing.
	Unproven bool
}

// Error says what is wrong.
func (e *RehearsalError) Error() string { return e.What }

// Rehearse plays a scenario where nothing is sent, at a target that has what
// the scenario needs and nothing else and gives every answer that is wanted,
// and looks at what that would have proved. An error is a *RehearsalError.
func Rehearse(s Scenario) error {
	p := newPlanPlay(s, planContract(s.Needs), nil)
	if st, stopped := catch(func() { s.Run(p) }); stopped {
		return &RehearsalError{Line: p.line, What: st.why, Undeclared: st.undeclared}
	}
	if s.Uncontrolled != "" {
		return nil
	}
	if u := uncontrolled(p.trail); u != nil {
		return &RehearsalError{Line: u.line, What: u.what, Unproven: true}
	}
	return nil
}
