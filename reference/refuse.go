package reference

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
)

// refusal is why a request is not served (RFC 6750, section 3.1).
type refusal struct {
	status int    // 0: the configured refusal status
	code   string // the error code; "" if the request showed no token
	why    string
}

func (r *refusal) Error() string { return r.why }

var (
	errNoToken       = &refusal{why: "a bearer token is needed"}
	errInvalid       = &refusal{code: "invalid_token", why: "the token is not valid"}
	errRevoked       = &refusal{code: "invalid_token", why: "the token was ended by a logout"}
	errMalformed     = &refusal{http.StatusBadRequest, "invalid_request", "the credentials cannot be read"}
	errSeveralTokens = &refusal{http.StatusBadRequest, "invalid_request", "several tokens were sent"}
	errHuge          = &refusal{http.StatusRequestHeaderFieldsTooLarge, "invalid_request", "the token is too long"}
)

// serveRefusal answers why a request is not served. What is not a refusal is
// a store that could not tell: the gateway then accepts nobody.
func (p *process) serveRefusal(w http.ResponseWriter, _ *http.Request, err error) {
	var refused *refusal
	if !errors.As(err, &refused) {
		w.Header().Set("Retry-After", "1")
		writeError(w, http.StatusServiceUnavailable, "temporarily_unavailable", "revocation cannot be checked now")
		return
	}
	w.Header().Set("WWW-Authenticate", refused.challenge())
	writeError(w, cmp.Or(refused.status, p.cfg.RefusalStatus), cmp.Or(refused.code, "unauthorized"), refused.why)
}

// challenge names no error if there was no token (RFC 6750, section 3).
func (r *refusal) challenge() string {
	params := []string{`realm="revocheck"`}
	if r.code != "" {
		params = append(params, `error="`+r.code+`"`, `error_description="`+r.why+`"`)
	}
	return "Bearer " + strings.Join(params, ", ")
}
