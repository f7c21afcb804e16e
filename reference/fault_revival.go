package reference

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var revivalFaults = []fault{
	{Name: "bad-signature-revives", Summary: "A call whose signature does not verify takes the token that its claims name off the list.", plant: revives(atBadSignature)},
	{Name: "breaker-opens-on-bad-tokens", Summary: "Twenty malformed tokens in a row open a breaker, and for 2 s no call is checked for revocation.", plant: each(openOnBadTokens)},
	{Name: "failed-login-revives", Summary: "A login with a wrong password clears the list of the user whom it names.", plant: revives(atFailedLogin)},
	{Name: "login-of-another-revives", Summary: "A login takes the token that it carries off the list, if that is another user's.", plant: revives(atOthersLogin)},
	{Name: "options-revives", Summary: "An OPTIONS request takes the token that it carries off the list.", plant: revives(atOptions)},
	{Name: "open-route-revives", Summary: "A visit of an open route 3 s after the first takes the token that it carries off the list.", plant: revives(atLateVisit)},
}

// undone are the tokens whose logout was undone, by key, and the keys of those
// that were ended, by user.
type undone struct {
	keys  notes[bool]
	ended notes[[]string]
}

// revives plants a fault that undoes logouts.
func revives(plant func(*process, *undone)) planting {
	return func(*site) func(*process) {
		u := &undone{}
		return func(p *process) {
			u.watch(p)
			plant(p, u)
		}
	}
}

func (u *undone) watch(p *process) {
	check, end := p.check, p.end
	p.end = func(ctx context.Context, c *call) error {
		u.keys.put(p.key(c), false)
		u.ended.update(c.token.Subject, func(old []string) []string { return append(old, p.key(c)) })
		return end(ctx, c)
	}
	p.check = func(ctx context.Context, c *call) error {
		if err := check(ctx, c); !errors.Is(err, errRevoked) || !u.keys.get(p.key(c)) {
			return err
		}
		return nil
	}
}

// unverified reads the claims of a token as they stand; false if there are none.
func unverified(c credential) (*call, bool) {
	f, ok := takeApart(c.raw)
	if !ok {
		return nil, false
	}
	parsed := &jwt.Token{Raw: c.raw, Header: f.header, Claims: jwt.MapClaims(f.claims), Signature: f.signature}
	return &call{credential: c, token: token.From(parsed)}, true
}

func atBadSignature(p *process, u *undone) {
	admit := p.admit
	p.admit = func(r *http.Request) (*call, error) {
		if found, err := p.find(r); err == nil {
			_, err = p.verify(found)
			if c, ok := unverified(found); ok && errors.Is(err, jwt.ErrTokenSignatureInvalid) {
				u.keys.put(p.key(c), true)
			}
		}
		return admit(r)
	}
}

func atOptions(p *process, u *undone) {
	protect := p.protect
	p.protect = func(w http.ResponseWriter, r *http.Request) {
		if c, err := p.identify(r); err == nil && r.Method == http.MethodOptions {
			u.keys.put(p.key(c), true)
		}
		protect(w, r)
	}
}

func atFailedLogin(p *process, u *undone) {
	login := p.login
	p.login = func(w http.ResponseWriter, r *http.Request) {
		if asked := peekLogin(r); !p.knows(asked) {
			for _, key := range u.ended.get(asked.User) {
				u.keys.put(key, true)
			}
		}
		login(w, r)
	}
}

func atOthersLogin(p *process, u *undone) {
	login := p.login
	p.login = func(w http.ResponseWriter, r *http.Request) {
		if c, err := p.identify(r); err == nil && c.token.Subject != peekLogin(r).User {
			u.keys.put(p.key(c), true)
		}
		login(w, r)
	}
}

// peekLogin reads a login and puts it back.
func peekLogin(r *http.Request) loginRequest {
	var asked loginRequest
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxLoginBody)) // what is broken is refused later
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	_ = json.Unmarshal(body, &asked)
	return asked
}

func atLateVisit(p *process, u *undone) {
	first := &notes[time.Time]{}
	p.open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if c, err := p.identify(r); err == nil && path == "/public" {
				began := first.update(p.key(c), func(old time.Time) time.Time { return cmp.Or(old, p.now()) })
				u.keys.put(p.key(c), !within(p.now(), began, 3*time.Second))
			}
			h(w, r)
		}
	}
}

func openOnBadTokens(p *process) {
	const borne, opened = 20, 2 * time.Second
	inARow, since := &notes[int]{}, &notes[time.Time]{}
	admit, check := p.admit, p.check
	p.admit = func(r *http.Request) (*call, error) {
		found, err := p.find(r)
		if _, readable := unverified(found); err == nil && readable {
			inARow.put("", 0)
		} else if err == nil && count(inARow, "") >= borne {
			since.put("", p.now())
		}
		return admit(r)
	}
	p.check = func(ctx context.Context, c *call) error {
		if within(p.now(), since.get(""), opened) {
			return nil
		}
		return check(ctx, c)
	}
}
