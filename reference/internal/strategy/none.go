package strategy

import "context"

// stateless is a strategy that keeps nothing and ends nothing: client-side and
// short-expiry.
type stateless struct{}

func none(Resources) Strategy { return stateless{} }

// Stamp adds nothing.
func (stateless) Stamp(context.Context, map[string]any) error { return nil }

// Issued records nothing.
func (stateless) Issued(context.Context, Session) error { return nil }

// Alive is true of every token.
func (stateless) Alive(context.Context, Session) (bool, error) { return true, nil }

// End does nothing.
func (stateless) End(context.Context, Session) error { return nil }
