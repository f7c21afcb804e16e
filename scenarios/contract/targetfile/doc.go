// Package targetfile reads and writes target files: a contract in YAML. It may
// change.
//
// It stands apart from package contract so that a target in Go, which has no
// file, needs no YAML.
package targetfile
