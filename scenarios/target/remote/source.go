package remote

import (
	"context"

	"github.com/revocheck/revocheck/scenarios"
)

// source has tokens from beside the gateway; nil if the file names no such
// place.
func (d *document) source(c scenarios.Contract) func(context.Context, scenarios.User) (string, error) {
	switch {
	case len(d.problems) > 0:
		return nil
	case c.Login.OAuth != nil:
		return d.tokenEndpoint(c)
	case len(c.Login.Command) > 0:
		return d.command(c.Login)
	}
	return nil
}
