package fault

import (
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// CarriedIn picks the calls whose token came in a carrier.
func CarriedIn(carrier string) func(*gateway.Call) bool {
	return func(c *gateway.Call) bool { return c.Carrier == carrier }
}

// carrierOther is where a fault finds a token and its check does not look.
const carrierOther = "other"

// ReadElsewhere takes a token from another part of the request if none of the
// usual carriers has one, and does not check it for revocation.
func ReadElsewhere(p *gateway.Process, read func(*http.Request) string) {
	find := p.Find
	p.Find = func(r *http.Request) (gateway.Credential, error) {
		c, err := find(r)
		if raw := read(r); errors.Is(err, gateway.ErrNoToken) && raw != "" {
			return gateway.Credential{Raw: raw, Carrier: carrierOther, Request: r}, nil
		}
		return c, err
	}
	Unchecked(CarriedIn(carrierOther))(p.Site)(p)
}
