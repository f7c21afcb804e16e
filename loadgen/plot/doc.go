// Package plot draws what a bench found as SVG without any script.
package plot
