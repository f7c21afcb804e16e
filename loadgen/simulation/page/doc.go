// Package page writes what a simulation found as one HTML file without script or
// outside resource: the answer, the pictures, and the tables behind them.
package page
