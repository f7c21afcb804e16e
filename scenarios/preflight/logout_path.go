package preflight

import (
	"context"
	"crypto/rand"
	"fmt"
	"path"
	"time"

	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// logoutPaths are where gateways are known to have their logout.
var logoutPaths = []string{
	"/logout", "/signout", "/api/logout", "/auth/logout", "/api/auth/logout", "/v1/logout", "/users/logout", "/session/logout",
	"/revoke", "/oauth/revoke", "/oauth2/revoke",
}

// otherPath is about an acknowledged logout that ended nothing. Its path is wrong
// where the target answers a made-up path beside it alike, as one that forwards
// every path does, and a logout at another path ends the token.
func (t Target) otherPath(ctx context.Context, o *Observations, s wire.Session, live token.JWT, a wire.Answer) Problem {
	if o.Ended.Accepted == 0 {
		return Problem{}
	}
	declared := t.Contract.Logout.Path
	other := t.Contract
	other.Logout.Path = madeUpBeside(declared)
	if t.Network.Send(ctx, wire.LogoutOf(other, s), wire.Refused).Status != a.Status {
		return Problem{}
	}
	for _, known := range logoutPaths {
		other.Logout.Path = known
		if known != declared && t.ends(ctx, other, s, live) {
			o.Ended = Ended{User: s.User, Raw: live.Raw, At: time.Now()}
			return wrong("logout.path", fmt.Sprintf("%s %s answers %d, as any path there does, and ends no token; %s ends it", t.Contract.Logout.Method, declared, a.Status, known),
				"write path: "+known)
		}
	}
	return Problem{}
}

// madeUpBeside is a path that nobody can know, beside one that is declared.
func madeUpBeside(declared string) string { return path.Join(path.Dir(declared), rand.Text()) }
