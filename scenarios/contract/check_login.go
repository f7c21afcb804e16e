package contract

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/scenarios/token"
)

func (c Contract) needsPassword() bool {
	way := c.LoginWay()
	return way == ByPath || way == ByOAuth
}

func (c Contract) checkLogin(p *problems) {
	ways := c.loginWays()
	if len(ways) > 1 {
		p.add(true, "login", "a token is obtained in one way, and the file names %d: %s and %s", len(ways), ways[0], ways[1])
		return
	}
	switch c.LoginWay() {
	case ByOAuth:
		c.checkOAuth(p)
		c.checkPathOnly(p, ByOAuth)
	case ByCommand:
		p.add(len(c.Login.Command) == 0 || c.Login.Command[0] == "", "login.command", "the program is needed, and then its arguments, as in [./token.sh, --fresh]")
		c.checkPathOnly(p, ByCommand)
	case ByTokens:
		c.checkTokens(p)
		c.checkPathOnly(p, ByTokens)
	default:
		c.checkPathLogin(p)
	}
	p.add(c.Login.CommandTimeout != 0 && len(c.Login.Command) == 0, "login.command_timeout", "there is no command")
}

func (c Contract) checkPathLogin(p *problems) {
	p.add(!strings.HasPrefix(c.Login.Path, "/"), "login.path", "the path of the login is needed and begins with /; or give login.oauth, login.command, or tokens to the users")
	p.add(c.Login.TokenCookie != "" && c.Login.Token != "", "login.token_cookie", "the token is in a cookie or in the body: token names it there")
	p.add(c.Login.TokenHeader != "" && c.Login.Token+c.Login.TokenCookie != "", "login.token_header", "the token is in one place, and the file names two")
	asks := c.Login.LifetimeField != ""
	p.add(!asks && c.Login.MinLifetime != 0, "login.min_lifetime", "it bounds a lifetime that cannot be asked for: lifetime_field is missing")
	p.add(!asks && c.Login.MaxLifetime != 0, "login.max_lifetime", "it bounds a lifetime that cannot be asked for: lifetime_field is missing")
	p.add(c.Login.MaxLifetime != 0 && c.Login.MaxLifetime < c.Login.MinLifetime, "login.max_lifetime", "it is less than min_lifetime")
}

// checkPathOnly finds the fields that only a login by path has.
func (c Contract) checkPathOnly(p *problems, way LoginWay) {
	l := c.Login
	for _, f := range []struct {
		key string
		set bool
	}{
		{"method", l.Method != ""}, {"encoding", l.Encoding != ""}, {"user_field", l.UserField != ""},
		{"password_field", l.PasswordField != ""}, {"fields", l.Fields != nil}, {"headers", l.Headers != nil},
		{"token", l.Token != "" && way != ByCommand}, {"token_cookie", l.TokenCookie != ""}, {"token_header", l.TokenHeader != ""}, {"status", l.Status != nil}, {"lifetime_field", l.LifetimeField != ""},
		{"min_lifetime", l.MinLifetime != 0}, {"max_lifetime", l.MaxLifetime != 0},
	} {
		p.add(f.set, "login."+f.key, "it goes with login.path, and the tokens come from %s", way)
	}
}

func (c Contract) checkOAuth(p *problems) {
	o, at := c.Login.OAuth, "login.oauth"
	p.add(o.Grant == "", at+".grant", "the grant is needed: client_credentials or password")
	p.addURL(at+".token_url", o.TokenURL)
	p.add(o.CA != "" && !strings.HasPrefix(o.TokenURL, "https://"), at+".ca", "token_url does not begin with https://, so that it is not used")
	client := o.Grant == GrantClient
	p.add(client && o.ClientID != "", at+".client_id", "with client_credentials every user is a client: its ID is the user's name")
	p.add(client && o.ClientSecret != "", at+".client_secret", "with client_credentials every user is a client: its secret is the user's password")
	p.add(o.Grant == GrantPassword && o.ClientID == "", at+".client_id", "the ID of the client that asks for the user is needed")
	p.add(o.ClientAuth == "basic" && !client && o.ClientSecret == "", at+".client_auth", "there is no client_secret to send")
	for _, name := range []string{"grant_type", "client_id", "client_secret", "username", "password", "scope", "audience"} {
		_, twice := o.Parameters[name]
		p.add(twice, at+".parameters."+name, "it is not given as a parameter: it has a key of its own")
	}
}

// checkTokens sees to it that every user has tokens and no two are one.
func (c Contract) checkTokens(p *problems) {
	at := map[string]string{}
	for i, u := range c.Users {
		user := fmt.Sprintf("users[%d]", i)
		p.add(!u.given(), user, "user %q has no tokens, and others have: give tokens or tokens_file", u.Name)
		p.add(u.Password != "", user+".password", "nobody logs in with it: the user has tokens")
		for k, raw := range u.Tokens {
			here := fmt.Sprintf("%s.tokens[%d]", user, k)
			if _, err := token.Parse(raw); err != nil {
				p.add(true, here, "%v", err)
				continue
			}
			first, twice := at[token.Signed(raw)]
			p.add(twice, here, "it is the same token as %s: each is used once", strings.TrimPrefix(first, ""))
			if !twice {
				at[token.Signed(raw)] = here
			}
		}
	}
}
