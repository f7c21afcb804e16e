package handler

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/revocheck/revocheck/scenarios"
)

// mostPanics is how many are kept: one handler that panics may do so at every
// call.
const mostPanics = 5

// panics keeps what the handlers of a gateway panicked with. net/http would write
// it to the server's log, and end the connection.
type panics struct {
	mu  sync.Mutex
	all []scenarios.Panic
}

// watch is the handler, with its panics noted. http.ErrAbortHandler is no fault:
// it is how a handler ends a connection.
func (p *panics) watch(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			if value != http.ErrAbortHandler {
				p.note(fmt.Sprintf("the gateway's handler panicked at %s %s: %v", r.Method, r.URL.EscapedPath(), value), debug.Stack())
			}
			panic(http.ErrAbortHandler)
		}()
		h.ServeHTTP(w, r)
	})
}

func (p *panics) note(what string, stack []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := slices.ContainsFunc(p.all, func(other scenarios.Panic) bool { return other.What == what })
	if !known && len(p.all) < mostPanics {
		p.all = append(p.all, scenarios.Panic{What: what, Stack: fromPanic(string(stack))})
	}
}

// fromPanic leaves out how the panic was noted and how the request came in.
func fromPanic(stack string) string {
	if i := strings.Index(stack, "\npanic("); i >= 0 {
		stack = stack[i+1:]
	}
	own, _, _ := strings.Cut(stack, "\ngithub.com/revocheck/revocheck/scenarios/target/handler.(*")
	return own
}

func (p *panics) list() []scenarios.Panic {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.all)
}
