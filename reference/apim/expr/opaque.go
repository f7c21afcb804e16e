package expr

// Opaque is a variable of which nothing is known but where it comes from.
type Opaque struct{ Source any }

// OpaqueError is the error of an Eval that needs the value of an Opaque.
type OpaqueError struct{ Opaque Opaque }

func (e *OpaqueError) Error() string { return "the value of a variable is not known" }
