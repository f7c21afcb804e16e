package fault

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// ServeFailure is the answer of a gateway that did not expect the request.
func ServeFailure(w http.ResponseWriter) {
	gateway.WriteError(w, http.StatusInternalServerError, "server_error", "unexpected error")
}
