// Package limit holds what a bench measured to the limits that its user set.
package limit
