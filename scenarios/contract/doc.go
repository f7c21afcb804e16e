// Package contract is the target file as data: what a target says of itself,
// with its defaults, and what makes it complete and free of contradictions.
//
// Scenarios and users of the go test adapter find its types in package
// scenarios, which is stable. This package may change.
package contract
