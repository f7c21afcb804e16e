// Package wire sends the requests of a contract and judges the answers: whether
// a token was accepted, refused, or not looked at.
//
// Scenarios find its types in package scenarios, which is stable. This package
// may change.
package wire
