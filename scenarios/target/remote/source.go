package remote

import (
	"net/http"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// source has tokens from beside the gateway; nil if the file names no such
// place.
func source(f *targetfile.File, c scenarios.Contract, issuer func() *http.Transport) wire.Source {
	switch {
	case f.Err() != nil:
		return nil
	case c.Login.OAuth != nil:
		return tokenEndpoint(c, issuer())
	case len(c.Login.Command) > 0:
		return command(f, c.Login)
	}
	return nil
}
