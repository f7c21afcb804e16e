package gateway

import "net/http"

// DirectBackend is what answers a caller who goes to the built-in backend
// around the gateway: a refusal, since the gateway alone may call. It is nil if
// another backend was configured.
func (d *Deployment) DirectBackend() http.Handler {
	if d.site.Backend.Echo == nil {
		return nil
	}
	return d.site.Backend.Direct
}

// RefuseBypass answers 403, as the backend does to who calls around the gateway.
func RefuseBypass(w http.ResponseWriter, _ *http.Request) {
	WriteError(w, http.StatusForbidden, "forbidden", "the gateway alone may call the backend")
}
