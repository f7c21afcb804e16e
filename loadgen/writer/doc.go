// Package writer renders what a bench found for a terminal and for benchstat.
package writer
