// Package sides makes sides for loadgen: of the reference gateway, which
// it runs in a process of its own, and of the gateways of target files.
package sides
