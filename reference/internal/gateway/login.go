package gateway

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/revocheck/revocheck/reference/token"
)

// MaxLoginBody bounds the body of a login in bytes.
const MaxLoginBody = 4 << 10

// LoginRequest is the body of a login.
type LoginRequest struct {
	User      string `json:"user"`
	Password  string `json:"password"`
	ExpiresIn int64  `json:"expires_in"` // seconds; 0 asks for the default
}

// LoginAnswer is what a login is answered with (RFC 6749, section 5.1).
type LoginAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int64  `json:"expires_in"` // seconds
	// RefreshToken buys further tokens, where the gateway refreshes them.
	RefreshToken string `json:"refresh_token,omitempty"`
}

// serveLogin issues a token (the answer is the one of RFC 6749, section 5.1).
func (p *Process) serveLogin(w http.ResponseWriter, r *http.Request) {
	if answer, ok := p.LogIn(w, r); ok {
		p.metrics.logins.Inc()
		p.writeTokens(w, answer)
	}
}

// LogIn gives what a login is answered with; false if it was refused, which is
// then written.
func (p *Process) LogIn(w http.ResponseWriter, r *http.Request) (LoginAnswer, bool) {
	asked, err := readLogin(http.MaxBytesReader(w, r.Body, MaxLoginBody))
	if err != nil {
		WriteError(w, http.StatusBadRequest, "invalid_request", err.Error())
		return LoginAnswer{}, false
	}
	if !p.Knows(asked) {
		WriteError(w, http.StatusUnauthorized, "invalid_grant", "the user or the password is wrong")
		return LoginAnswer{}, false
	}
	life := p.grant(asked.ExpiresIn)
	raw, err := p.Issue(r.Context(), p.Claims(asked.User, life), nil)
	if err != nil {
		p.Refuse(w, r, err)
		return LoginAnswer{}, false
	}
	return LoginAnswer{raw, "Bearer", int64(life / time.Second), p.beginSession(asked.User, raw)}, true
}

func readLogin(body io.Reader) (LoginRequest, error) {
	var asked LoginRequest
	if err := json.NewDecoder(body).Decode(&asked); err != nil {
		return asked, errors.New(`the body must be JSON with "user", "password" and, if wanted, "expires_in" in whole seconds`)
	}
	if asked.User == "" {
		return asked, errors.New(`"user" is missing`)
	}
	if asked.ExpiresIn < 0 {
		return asked, errors.New(`"expires_in" must not be negative`)
	}
	return asked, nil
}

// Knows compares the password in a time that does not tell where it differs.
func (p *Process) Knows(asked LoginRequest) bool {
	password, known := p.Config.Users[asked.User]
	same := subtle.ConstantTimeCompare([]byte(password), []byte(asked.Password)) == 1
	return known && same
}

// grant is the lifetime of a new token: what was asked for, within bounds.
func (p *Process) grant(seconds int64) time.Duration {
	if seconds == 0 || p.Config.IgnoreExpiresIn {
		return p.Config.Lifetime.Truncate(time.Second)
	}
	most := p.Config.MaxLifetime.Truncate(time.Second)
	return time.Duration(min(seconds, int64(most/time.Second))) * time.Second
}

// Claims are those of a new token (RFC 7519, section 4.1), in whole seconds.
func (p *Process) Claims(user string, life time.Duration) map[string]any {
	now := p.Now().Unix()
	claims := map[string]any{
		"iss": Issuer, "aud": Audience, "sub": user,
		"iat": now, "nbf": now, "exp": now + int64(life/time.Second),
	}
	if !p.Config.NoJTI {
		claims["jti"] = uuid.NewString()
	}
	maps.Copy(claims, p.Config.Claims)
	if p.Config.ClaimsFor != nil {
		maps.Copy(claims, p.Config.ClaimsFor(user))
	}
	return claims
}

// Issue signs a token and has the strategy take note of it.
func (p *Process) Issue(ctx context.Context, claims, header map[string]any) (string, error) {
	if err := p.Strategy.Stamp(ctx, claims); err != nil {
		return "", err
	}
	raw, err := p.Keys.Sign(claims, header)
	if err != nil {
		return "", err
	}
	t, err := token.Read(raw)
	if err != nil {
		return raw, nil //nolint:nilerr // a token that no gateway can read needs no record
	}
	return raw, p.Issued(ctx, &Call{Credential: Credential{Raw: raw}, Token: t})
}
