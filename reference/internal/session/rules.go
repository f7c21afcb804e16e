// Package session keeps what came of each login: its access tokens, and the
// refresh token that buys further ones (RFC 6749 section 6). It knows nothing of
// HTTP.
package session

import "time"

// Rules say what a gateway offers beside login, call and logout. The zero value
// is nothing.
type Rules struct {
	Refresh bool // POST /refresh gives a new token; a login gives what buys one
	// ByAccessToken: the access token itself buys the next one, while it lives.
	ByAccessToken bool
	Rotate        bool // each refresh gives another refresh token
	// EndsFamily: a refresh token that is used again ends the refresh tokens of its
	// login. Otherwise it is refused, and that is all.
	EndsFamily bool
	// Grace is how long after its use a refresh token may be used again.
	Grace time.Duration
	// SurvivesLogout: a logout ends the access token alone.
	SurvivesLogout bool
	// Form: the refresh is asked for by a form with a grant_type. Nested: the tokens
	// lie deeper in the answers. Cookie: the refresh token is in a cookie.
	Form, Nested, Cookie bool
	// Revoke: POST /revoke ends a session by its refresh token (RFC 7009), for the
	// client that it was issued to.
	Revoke    bool
	LogoutAll bool // POST /logout-all ends all sessions of the caller
}

// RefreshLife is how long a refresh token is good.
const RefreshLife = 90 * 24 * time.Hour
