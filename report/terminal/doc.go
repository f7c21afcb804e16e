// Package terminal renders runs, differences and comparisons for people, and
// shows how a run goes on.
package terminal
