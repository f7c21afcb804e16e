package gateway

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
)

// Refusal is why a request is not served (RFC 6750, section 3.1).
type Refusal struct {
	status int    // 0: the configured refusal status
	code   string // the error code; "" if the request showed no token
	why    string
}

func (r *Refusal) Error() string { return r.why }

// Why a request is refused.
var (
	ErrNoToken       = &Refusal{why: "a bearer token is needed"}
	ErrInvalid       = &Refusal{code: "invalid_token", why: "the token is not valid"}
	ErrRevoked       = &Refusal{code: "invalid_token", why: "the token was ended by a logout"}
	ErrMalformed     = &Refusal{http.StatusBadRequest, "invalid_request", "the credentials cannot be read"}
	errSeveralTokens = &Refusal{http.StatusBadRequest, "invalid_request", "several tokens were sent"}
	ErrTooLong       = &Refusal{http.StatusRequestHeaderFieldsTooLarge, "invalid_request", "the token is too long"}
)

// serveRefusal answers why a request is not served. What is not a refusal is
// a store that could not tell: the gateway then accepts nobody.
func (p *Process) serveRefusal(w http.ResponseWriter, _ *http.Request, err error) {
	var refused *Refusal
	if !errors.As(err, &refused) {
		w.Header().Set("Retry-After", "1")
		WriteError(w, http.StatusServiceUnavailable, "temporarily_unavailable", "revocation cannot be checked now")
		return
	}
	w.Header().Set("WWW-Authenticate", refused.Challenge())
	WriteError(w, cmp.Or(refused.status, p.Config.RefusalStatus), cmp.Or(refused.code, "unauthorized"), refused.why)
}

// Challenge names no error if there was no token (RFC 6750, section 3).
func (r *Refusal) Challenge() string {
	params := []string{`realm="revocheck"`}
	if r.code != "" {
		params = append(params, `error="`+r.code+`"`, `error_description="`+r.why+`"`)
	}
	return "Bearer " + strings.Join(params, ", ")
}
