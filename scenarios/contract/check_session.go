package contract

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

func (c Contract) checkRefresh(p *problems) {
	r, at := c.Refresh, "refresh"
	if r == nil {
		return
	}
	if !r.asksIssuer(c.Login) {
		p.addPlace(at, r.Path, r.URL, "the refresh")
	}
	p.add(r.With == WithAccessToken && r.Cookie+r.TokenField+r.AtLogin+r.RefreshToken != "", at+".with", "with: access_token has no refresh token, and the file says where one is: write with: refresh_token or both, or leave that out")
	p.add(r.Cookie != "" && r.TokenField != "", at+".cookie", "the refresh token is in a cookie or in a field: leave one out")
	p.add(r.Cookie != "" && r.AtLogin+r.RefreshToken != "", at+".cookie", "the refresh token is in a cookie or in the body of an answer: leave one out")
	p.add(r.Reuse != "" && !r.Rotates, at+".reuse", "a refresh token that is used again is told from the one in force by rotation: write rotates: true")
	p.add(r.Grace != 0 && r.Reuse == "", at+".grace", "it goes with reuse: refused or ends-family")
	p.add(r.Rotates && r.With == WithAccessToken, at+".rotates", "there is no refresh token, as with: access_token says")
	p.add(r.Reuse != "" && r.With == WithAccessToken, at+".reuse", "there is no refresh token, as with: access_token says")
	p.add(c.LoginWay() == ByTokens && r.With != WithAccessToken, at, "the refresh token comes with the answer of a login, and the tokens come from %s: log in by login.path, login.oauth or login.command", ByTokens)
	p.add(c.LoginWay() != ByPath && r.Cookie != "", at+".cookie", "a login at the gateway sets a cookie, and the tokens come from %s: name the field that has the refresh token (at_login), or log in by login.path", c.LoginWay())
	c.addClients(p, at+".client_auth", r.ClientAuth)
}

func (c Contract) checkRevokeAll(p *problems) {
	r, at := c.RevokeAll, "revoke_all"
	if r == nil {
		return
	}
	p.addAction(at, r.Action)
	if r.Undo != nil {
		p.addAction(at+".undo", *r.Undo)
	}
	p.add(r.User == "" && r.Undo == nil, at, "it may keep its user out for good: give it a user of its own (user), whom nothing else uses, or a request that lets the user in again (undo)")
	_, known := c.Spared()
	p.add(r.User != "" && !known, at+".user", "%q is no user of the file: list the user, with a password, beside those that everything else uses", r.User)
	p.add(known && len(c.Users) == 1, at+".user", "%q is the only user, and nothing else may use one that is named here: list another", r.User)
}

func (p *problems) addAction(at string, a Action) {
	p.addPlace(at, a.Path, a.URL, "the request")
	p.addBody(at, a.Body, cmp.Or(a.Encoding, encodingIn(a.Body)), len(a.Fields) > 0)
}

// addPlace checks a path at the gateway or a URL elsewhere, of which there is one.
func (p *problems) addPlace(at, path, absolute, what string) {
	switch {
	case path != "" && absolute != "":
		p.add(true, at+".url", "%s has a path at the gateway or a URL elsewhere: leave one out", what)
	case absolute != "":
		p.addURL(at+".url", absolute)
	default:
		p.add(!strings.HasPrefix(path, "/"), at+".path", "the path of %s is needed and begins with /; on another host it is url", what)
	}
}

// addBody checks that fields can be added to a body.
func (p *problems) addBody(at, body, encoding string, fields bool) {
	if body == "" || !fields {
		return
	}
	if encoding == "json" {
		var object map[string]any
		p.add(json.Unmarshal([]byte(body), &object) != nil, at+".body", "fields are added to it, and it is no JSON object: write one, or encoding: form")
		return
	}
	_, err := url.ParseQuery(body)
	p.add(err != nil || !strings.Contains(body, "="), at+".body", "fields are added to it, and it is no form (a=b&c=d): write one, or encoding: json")
}

// addClients sees to it that each user has a client to show.
func (c Contract) addClients(p *problems, at, auth string) {
	for i, u := range c.Users {
		id, _ := c.ClientOf(u)
		p.add(auth != "" && id == "", at, "users[%d] has no client: write its client_id, and its client_secret unless the client is public", i)
	}
}

// ClientOf is the client that a user's tokens were issued to.
func (c Contract) ClientOf(u User) (id, secret string) {
	switch o := c.Login.OAuth; {
	case u.ClientID != "" || o == nil:
		return u.ClientID, u.ClientSecret
	case o.Grant == GrantClient:
		return u.Name, u.Password
	default:
		return o.ClientID, o.ClientSecret
	}
}

func (c Contract) checkLogoutFields(p *problems) {
	l := c.Logout
	encoding := cmp.Or(l.Encoding, encodingIn(l.Body))
	p.addBody("logout", l.Body, encoding, l.TokenField != "" || len(l.Fields) > 0)
	_, twice := l.Fields[l.TokenField]
	p.add(l.TokenField != "" && twice, "logout.fields."+l.TokenField, "the access token has this field, as token_field says")
	paths := l.loginPaths()
	p.add(l.Carrier == NoCarrier && l.TokenField == "" && len(paths) == 0 && (c.Refresh == nil || c.Refresh.Cookie == ""), "logout.carrier", "nothing says which session ends: name the token in fields, as in {token: $.refresh_token}, or in token_field")
	p.add(len(paths) > 0 && c.LoginWay() == ByTokens, "logout.fields", "%s is in the answer of a login, and the tokens come from %s: log in by login.path, login.oauth or login.command", strings.Join(paths, ", "), ByTokens)
	c.addClients(p, "logout.client_auth", l.ClientAuth)
}

// loginPaths are the JSON paths into a login's answer that a logout names.
func (l Logout) loginPaths() []string {
	var paths []string
	for _, v := range slices.Sorted(maps.Values(l.Fields)) {
		if OfLogin(v) {
			paths = append(paths, v)
		}
	}
	return paths
}

// NamesLogin reports whether a logout sends what only the answer of the token's login
// has, such as a refresh token.
func (c Contract) NamesLogin() bool { return len(c.Logout.loginPaths()) > 0 }

// NeedsLogin reports whether a logout of a token takes more than the token itself.
func (c Contract) NeedsLogin() bool {
	return c.NamesLogin() || c.Logout.ClientAuth != "" || c.Refresh != nil && c.Refresh.Cookie != ""
}

// fieldValues are values of which each that begins as a JSON path must be one.
func fieldValues(values map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if wrong := pathText(values[name]); OfLogin(values[name]) && wrong != "" {
			return fmt.Sprintf("%s: %s", name, wrong)
		}
	}
	return ""
}
