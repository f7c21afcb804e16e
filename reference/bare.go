package reference

import (
	"net/http"
	"net/http/httputil"
	"net/url"

	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// BareProxy forwards every call to the backend and looks at nothing, with the
// buffers of the gateway: the floor that the gateway is measured against.
func BareProxy(backend *url.URL) http.Handler {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.DisableCompression = 0, 256, true
	return &httputil.ReverseProxy{
		Transport: t, BufferPool: gateway.Buffers{},
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(backend) },
	}
}
