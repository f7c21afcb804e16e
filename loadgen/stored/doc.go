// Package stored keeps benches: results as JSON, single calls as vegeta's binary
// streams, the join of such streams, and the difference between two results.
package stored
