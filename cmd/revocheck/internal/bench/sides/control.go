package sides

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/loadgen"
)

// mintOrder asks for tokens, or for revocations to be preloaded.
type mintOrder struct {
	// Class of the tokens; a revoked one is minted live, for the caller to end.
	Class loadgen.Class `json:"class"`
	// First numbers the first token; number n belongs to user n modulo Users
	// of its class.
	First uint64 `json:"first"`
	Count int    `json:"count"`
	Users uint64 `json:"users"`
}

// preloadAnswer says what a preload came to.
type preloadAnswer struct {
	BytesEach float64 `json:"bytes_each"` // of one revocation in the store; 0 if not known
}

// lifetime is that of the tokens: longer than any bench.
const lifetime = 24 * time.Hour

// control answers what the reference gateway has no public route for.
func (g *gateway) control(prefix string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+prefix+"/tokens", answer(g.mint))
	mux.HandleFunc("POST "+prefix+"/preload", answer(g.preload))
	return mux
}

func answer[T any](do func(*http.Request, mintOrder) (T, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var order mintOrder
		if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := do(r, order)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(out) // a caller that has gone needs no answer
	}
}

func (g *gateway) mint(r *http.Request, o mintOrder) ([]string, error) {
	tokens := make([]string, o.Count)
	for i := range tokens {
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		raw, err := g.mintOne(o.Class, o.First+uint64(i), max(1, o.Users))
		if err != nil {
			return nil, err
		}
		tokens[i] = raw
	}
	return tokens, nil
}

// mintOne mints token n of a class. The classes have users of their own, since
// a logout may end every session of its user.
func (g *gateway) mintOne(c loadgen.Class, n, users uint64) (string, error) {
	now := g.site.now()
	issued, expires := now, now.Add(lifetime)
	if c == loadgen.Expired {
		issued, expires = now.Add(-2*time.Hour), now.Add(-time.Hour)
	}
	return g.site.mint(map[string]any{
		"sub": fmt.Sprintf("%s-%d", c, n%users),
		"iat": issued.Unix(), "nbf": issued.Unix(), "exp": expires.Unix(),
	}, nil)
}
