package remote

import (
	"context"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// source has tokens from beside the gateway; nil if the file names no such
// place.
func source(f *targetfile.File, c scenarios.Contract) func(context.Context, scenarios.User) (string, error) {
	switch {
	case f.Err() != nil:
		return nil
	case c.Login.OAuth != nil:
		return tokenEndpoint(f, c)
	case len(c.Login.Command) > 0:
		return command(f, c.Login)
	}
	return nil
}
