package lifecycle

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

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var revivalFaults = []fault.Fault{
	{Name: "bad-signature-revives", Summary: "A call whose signature does not verify takes the token that its claims name off the list.", Plant: revives(atBadSignature)},
	{Name: "breaker-opens-on-bad-tokens", Summary: "Twenty malformed tokens in a row open a breaker, and for 2 s no call is checked for revocation.", Plant: fault.Each(openOnBadTokens)},
	{Name: "failed-login-revives", Summary: "A login with a wrong password clears the list of the user whom it names.", Plant: revives(atFailedLogin)},
	{Name: "login-of-another-revives", Summary: "A login takes the token that it carries off the list, if that is another user's.", Plant: revives(atOthersLogin)},
	{Name: "options-revives", Summary: "An OPTIONS request takes the token that it carries off the list.", Plant: revives(atOptions)},
	{Name: "open-route-revives", Summary: "A visit of an open route 3 s after the first takes the token that it carries off the list.", Plant: revives(atLateVisit)},
}

// undone are the tokens whose logout was undone, by key, and the keys of those
// that were ended, by user.
type undone struct {
	keys  fault.Notes[bool]
	ended fault.Notes[[]string]
}

// revives plants a fault that undoes logouts.
func revives(plant func(*gateway.Process, *undone)) fault.Planting {
	return func(*gateway.Site) func(*gateway.Process) {
		u := &undone{}
		return func(p *gateway.Process) {
			u.watch(p)
			plant(p, u)
		}
	}
}

func (u *undone) watch(p *gateway.Process) {
	check, end := p.Check, p.End
	p.End = func(ctx context.Context, c *gateway.Call) error {
		u.keys.Put(p.Key(c), false)
		u.ended.Update(c.Token.Subject, func(old []string) []string { return append(old, p.Key(c)) })
		return end(ctx, c)
	}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		if err := check(ctx, c); !errors.Is(err, gateway.ErrRevoked) || !u.keys.Get(p.Key(c)) {
			return err
		}
		return nil
	}
}

func atBadSignature(p *gateway.Process, u *undone) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		if found, err := p.Find(r); err == nil {
			_, err = p.Verify(found)
			if c, ok := fault.Unverified(found); ok && errors.Is(err, jwt.ErrTokenSignatureInvalid) {
				u.keys.Put(p.Key(c), true)
			}
		}
		return admit(r)
	}
}

func atOptions(p *gateway.Process, u *undone) {
	protect := p.Protect
	p.Protect = func(w http.ResponseWriter, r *http.Request) {
		if c, err := p.Identify(r); err == nil && r.Method == http.MethodOptions {
			u.keys.Put(p.Key(c), true)
		}
		protect(w, r)
	}
}

func atFailedLogin(p *gateway.Process, u *undone) {
	login := p.Login
	p.Login = func(w http.ResponseWriter, r *http.Request) {
		if asked := peekLogin(r); !p.Knows(asked) {
			for _, key := range u.ended.Get(asked.User) {
				u.keys.Put(key, true)
			}
		}
		login(w, r)
	}
}

func atOthersLogin(p *gateway.Process, u *undone) {
	login := p.Login
	p.Login = func(w http.ResponseWriter, r *http.Request) {
		if c, err := p.Identify(r); err == nil && c.Token.Subject != peekLogin(r).User {
			u.keys.Put(p.Key(c), true)
		}
		login(w, r)
	}
}

// peekLogin reads a login and puts it back.
func peekLogin(r *http.Request) gateway.LoginRequest {
	var asked gateway.LoginRequest
	body, _ := io.ReadAll(io.LimitReader(r.Body, gateway.MaxLoginBody)) // what is broken is refused later
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	_ = json.Unmarshal(body, &asked)
	return asked
}

func atLateVisit(p *gateway.Process, u *undone) {
	first := &fault.Notes[time.Time]{}
	p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if c, err := p.Identify(r); err == nil && path == "/public" {
				began := first.Update(p.Key(c), func(old time.Time) time.Time { return cmp.Or(old, p.Now()) })
				u.keys.Put(p.Key(c), !fault.Within(p.Now(), began, 3*time.Second))
			}
			h(w, r)
		}
	}
}

func openOnBadTokens(p *gateway.Process) {
	const borne, opened = 20, 2 * time.Second
	inARow, since := &fault.Notes[int]{}, &fault.Notes[time.Time]{}
	admit, check := p.Admit, p.Check
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		found, err := p.Find(r)
		if _, readable := fault.Unverified(found); err == nil && readable {
			inARow.Put("", 0)
		} else if err == nil && fault.Count(inARow, "") >= borne {
			since.Put("", p.Now())
		}
		return admit(r)
	}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		if fault.Within(p.Now(), since.Get(""), opened) {
			return nil
		}
		return check(ctx, c)
	}
}
