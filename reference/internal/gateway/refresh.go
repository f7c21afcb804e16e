package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/session"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/token"
)

// RefreshCookie has the refresh token where Config.Sessions says that a cookie
// has it.
const RefreshCookie = "refresh_token"

// errGrant is of what buys no token (RFC 6749 section 5.2).
var errGrant = &Refusal{http.StatusBadRequest, "invalid_grant", session.ErrRefused.Error()}

// AccessOf is a token as the book of sessions keeps it.
func AccessOf(raw string, t *token.Token) session.Access {
	return session.Access{Key: strategy.TokenKey(t), Raw: raw, Token: t}
}

// beginSession keeps what a login gave, and gives the refresh token; "" if the
// gateway keeps no sessions.
func (p *Process) beginSession(user, raw string) string {
	t, err := token.Read(raw)
	if p.Book == nil || err != nil {
		return ""
	}
	refresh := p.Book.Begin(user, p.Replica(), AccessOf(raw, t))
	if p.Config.Sessions.ByAccessToken {
		return ""
	}
	return refresh
}

// serveRefresh gives a new token for what a login or a refresh gave.
func (p *Process) serveRefresh(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxLoginBody)
	answer, err := p.refresh(r)
	if err != nil {
		if errors.Is(err, session.ErrRefused) {
			err = errGrant
		}
		p.Refuse(w, r, err)
		return
	}
	p.writeTokens(w, answer)
}

func (p *Process) refresh(r *http.Request) (LoginAnswer, error) {
	life := p.grant(0)
	answer := LoginAnswer{TokenType: "Bearer", ExpiresIn: int64(life / time.Second)}
	issue := func(user string) (session.Access, error) { return p.issueFor(r.Context(), user, life) }
	if p.Config.Sessions.ByAccessToken {
		c, err := p.AdmitRefresh(r)
		if err != nil {
			return answer, err
		}
		a, err := p.Book.RenewAccess(strategy.TokenKey(c.Token), issue)
		answer.AccessToken = a.Raw
		return answer, err
	}
	sent, err := p.refreshTokenOf(r)
	if err != nil {
		return answer, err
	}
	a, next, err := p.Renew(sent, issue)
	answer.AccessToken, answer.RefreshToken = a.Raw, next
	return answer, err
}

func (p *Process) issueFor(ctx context.Context, user string, life time.Duration) (session.Access, error) {
	raw, err := p.Issue(ctx, p.Claims(user, life), nil)
	if err != nil {
		return session.Access{}, err
	}
	t, err := token.Read(raw)
	return AccessOf(raw, t), err
}

// refreshTokenOf reads the refresh token of a request.
func (p *Process) refreshTokenOf(r *http.Request) (string, error) {
	switch rules := p.Config.Sessions; {
	case rules.Cookie:
		if c, err := r.Cookie(RefreshCookie); err == nil {
			return c.Value, nil
		}
		return "", ErrNoToken
	case rules.Form:
		form, err := readForm(r)
		if err != nil || form.Get("grant_type") != "refresh_token" {
			return "", ErrMalformed
		}
		return form.Get("refresh_token"), nil
	}
	var asked struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return "", ErrMalformed
	}
	return asked.RefreshToken, nil
}

// writeTokens answers with tokens, in the shape that the configuration has.
func (p *Process) writeTokens(w http.ResponseWriter, answer LoginAnswer) {
	rules := p.Config.Sessions
	if rules.Cookie && answer.RefreshToken != "" {
		http.SetCookie(w, &http.Cookie{Name: RefreshCookie, Value: answer.RefreshToken, Path: "/refresh", HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode})
		answer.RefreshToken = ""
	}
	if rules.Nested {
		WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]any{"tokens": map[string]string{"access": answer.AccessToken, "refresh": answer.RefreshToken}}})
		return
	}
	WriteJSON(w, http.StatusOK, answer)
}

// endSession ends a token and, unless the refresh token is to survive, all that came
// of the same login; of each login of the user, where a logout ends those.
func (p *Process) endSession(ctx context.Context, c *Call) error {
	if err := p.endToken(ctx, c); err != nil || p.Book == nil || !p.endsSessions() {
		return err
	}
	s := p.Book.Of(strategy.TokenKey(c.Token))
	if s == nil {
		return nil
	}
	return p.endAll(ctx, p.SessionsWith(s))
}

// sessionsWith are those that end with a session.
func (p *Process) sessionsWith(s *session.Session) []*session.Session {
	if p.Config.LogoutScope == ScopeUser {
		return p.Book.All(session.OfUser(s.User))
	}
	return []*session.Session{s}
}

// endsSessions is false of a strategy by which a logout does nothing.
func (p *Process) endsSessions() bool {
	return !p.Config.Sessions.SurvivesLogout && p.Config.Strategy != "client-side" && p.Config.Strategy != "short-expiry"
}

func (p *Process) endAll(ctx context.Context, list []*session.Session) error {
	return p.Book.End(func(a session.Access) error {
		return p.endToken(ctx, &Call{Credential: Credential{Raw: a.Raw}, Token: a.Token})
	}, list...)
}

// serveLogoutAll ends every session of the caller.
func (p *Process) serveLogoutAll(w http.ResponseWriter, r *http.Request) {
	c, err := p.Admit(r)
	if err == nil {
		err = p.endAll(r.Context(), p.SessionsOf(c.Token.Subject))
	}
	p.acknowledge(w, r, http.StatusNoContent, err)
}

// serveRevoke ends a session by one of its tokens, for the client that they were
// issued to (RFC 7009). A token that is not known is no error (section 2.2).
func (p *Process) serveRevoke(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	id, secret, _ := r.BasicAuth()
	user := p.clientUser(id, secret)
	form, err := readForm(r)
	switch {
	case err != nil || form.Get("token") == "":
		p.Refuse(w, r, ErrMalformed)
		return
	case user == "":
		refuseClient(w, "the client is not known")
		return
	}
	s := p.Book.ByRefresh(form.Get("token"))
	if s != nil && s.User == user {
		err = p.endAll(r.Context(), p.SessionsWith(s))
	}
	p.acknowledge(w, r, http.StatusOK, err)
}

// ClientOf is the client that a user's tokens are issued to. Like the users it is
// for demonstration.
func ClientOf(user string) (id, secret string) { return "app-of-" + user, "secret-of-" + user }

func (p *Process) clientUser(id, secret string) string {
	for user := range p.Config.Users {
		if known, its := ClientOf(user); id == known && secret == its {
			return user
		}
	}
	return ""
}
