// Package pace says when each call of a load is due, and waits for that moment.
package pace
