package reference

import (
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/token"
)

var sizeFaults = []fault{
	{Name: "huge-token-skips-check", Summary: "A call whose Authorization header is over 8 KiB is forwarded without any check.", plant: each(waveThroughHuge)},
	{Name: "huge-token-500", Summary: "A token over 8 KiB makes the gateway fail with 500.", plant: each(failOnHuge)},
	{Name: "many-headers-skips-check", Summary: "A call with more than 50 header fields is not checked for revocation.", plant: unchecked(manyHeaders)},
}

const manyFields = 50

func waveThroughHuge(p *process) {
	admit := p.admit
	p.admit = func(r *http.Request) (*call, error) {
		if size(r.Header["Authorization"]) <= maxToken {
			return admit(r)
		}
		return &call{credential: credential{request: r}, token: &token.Token{}}, nil
	}
}

func size(values []string) int {
	n := 0
	for _, value := range values {
		n += len(value)
	}
	return n
}

func failOnHuge(p *process) {
	refuse := p.refuse
	p.refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		if errors.Is(err, errHuge) {
			serveFailure(w)
			return
		}
		refuse(w, r, err)
	}
}

func manyHeaders(c *call) bool {
	n := 0
	for _, values := range c.request.Header {
		n += len(values)
	}
	return n > manyFields
}
