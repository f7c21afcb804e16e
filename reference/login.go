package reference

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

const maxLoginBody = 4 << 10

type loginRequest struct {
	User      string `json:"user"`
	Password  string `json:"password"`
	ExpiresIn int64  `json:"expires_in"` // seconds; 0 asks for the default
}

type loginAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int64  `json:"expires_in"` // seconds
}

// serveLogin issues a token (the answer is the one of RFC 6749, section 5.1).
func (p *process) serveLogin(w http.ResponseWriter, r *http.Request) {
	if answer, ok := p.logIn(w, r); ok {
		p.metrics.logins.Inc()
		writeJSON(w, http.StatusOK, answer)
	}
}

// logIn gives what a login is answered with; false if it was refused, which is
// then written.
func (p *process) logIn(w http.ResponseWriter, r *http.Request) (loginAnswer, bool) {
	asked, err := readLogin(http.MaxBytesReader(w, r.Body, maxLoginBody))
	if err != nil {
		writeError(w, http.StatusBadRequest, "invalid_request", err.Error())
		return loginAnswer{}, false
	}
	if !p.knows(asked) {
		writeError(w, http.StatusUnauthorized, "invalid_grant", "the user or the password is wrong")
		return loginAnswer{}, false
	}
	life := p.grant(asked.ExpiresIn)
	raw, err := p.issue(r.Context(), p.claims(asked.User, life), nil)
	if err != nil {
		p.refuse(w, r, err)
		return loginAnswer{}, false
	}
	return loginAnswer{raw, "Bearer", int64(life / time.Second)}, true
}

func readLogin(body io.Reader) (loginRequest, error) {
	var asked loginRequest
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

// knows compares the password in a time that does not tell where it differs.
func (p *process) knows(asked loginRequest) bool {
	password, known := p.cfg.Users[asked.User]
	same := subtle.ConstantTimeCompare([]byte(password), []byte(asked.Password)) == 1
	return known && same
}

// grant is the lifetime of a new token: what was asked for, within bounds.
func (p *process) grant(seconds int64) time.Duration {
	if seconds == 0 || p.cfg.IgnoreExpiresIn {
		return p.cfg.Lifetime.Truncate(time.Second)
	}
	most := p.cfg.MaxLifetime.Truncate(time.Second)
	return time.Duration(min(seconds, int64(most/time.Second))) * time.Second
}

// claims are those of a new token (RFC 7519, section 4.1), in whole seconds.
func (p *process) claims(user string, life time.Duration) map[string]any {
	now := p.now().Unix()
	claims := map[string]any{
		"iss": Issuer, "aud": Audience, "sub": user,
		"iat": now, "nbf": now, "exp": now + int64(life/time.Second),
	}
	if !p.cfg.NoJTI {
		claims["jti"] = uuid.NewString()
	}
	maps.Copy(claims, p.cfg.Claims)
	return claims
}

// issue signs a token and has the strategy take note of it.
func (p *process) issue(ctx context.Context, claims, header map[string]any) (string, error) {
	if err := p.strategy.Stamp(ctx, claims); err != nil {
		return "", err
	}
	raw, err := p.keys.Sign(claims, header)
	if err != nil {
		return "", err
	}
	t, err := token.Read(raw)
	if err != nil {
		return raw, nil //nolint:nilerr // a token that no gateway can read needs no record
	}
	return raw, p.issued(ctx, &call{credential: credential{raw: raw}, token: t})
}
