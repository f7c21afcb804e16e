package history

import (
	"fmt"
	"sync"
	"time"
)

// Kind says what an operation asked for.
type Kind int

// The kinds of operation.
const (
	Call Kind = iota
	Logout
)

// Outcome says what an operation's answer told of the token.
type Outcome int

// The outcomes. The zero value is an answer that told nothing: none came, or
// it was an error. An unknown call is worth nothing, and an unknown logout
// may take effect at any later time, or never.
const (
	Unknown  Outcome = iota
	Accepted         // of a logout: acknowledged
	Refused          // of a logout: the token was dead already
)

// Operation is one request and its answer.
type Operation struct {
	// Register is what a logout ends: a token or, where a logout ends all
	// sessions of a user, the user.
	Register string
	// Token names the token that was sent, for people. It is never the token.
	Token    string
	Kind     Kind
	Outcome  Outcome
	Client   int // from 0
	Replica  int // from 0
	Sent     time.Time
	Received time.Time // of an unknown outcome: when waiting ended
}

// String says who asked what of whom, and what came.
func (o Operation) String() string {
	return fmt.Sprintf("client %d %s of %s at replica %d: %s", o.Client+1, o.Kind, o.Token, o.Replica+1, o.Answer())
}

// String names the kind.
func (k Kind) String() string { return []string{"call", "logout"}[k] }

// Answer names the outcome in the words of the kind.
func (o Operation) Answer() string {
	if o.Kind == Logout {
		return []string{"not acknowledged", "acknowledged", "refused"}[o.Outcome]
	}
	return []string{"no telling answer", "accepted", "refused"}[o.Outcome]
}

// Recorder collects the operations of clients that run at once. The zero
// value is empty.
type Recorder struct {
	mu  sync.Mutex
	ops []Operation
}

// Add records an operation.
func (r *Recorder) Add(o Operation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ops = append(r.ops, o)
}

// Operations are those recorded so far, in the order in which they ended.
func (r *Recorder) Operations() []Operation {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ops[:len(r.ops):len(r.ops)]
}
