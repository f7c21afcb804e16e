// Package send hands calls to vegeta at the moments when they are due, and
// passes every result on.
package send
