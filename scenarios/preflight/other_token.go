package preflight

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// otherToken is a JWT in a login's answer that stands elsewhere than the contract
// says.
type otherToken struct {
	raw        string
	key, write string // the line that names it
}

// tokenAt is the key that says where a login's answer has the token.
func (t Target) tokenAt() string {
	switch l := t.Contract.Login; {
	case l.TokenCookie != "":
		return "login.token_cookie"
	case l.TokenHeader != "":
		return "login.token_header"
	}
	return "login.token"
}

// otherTokens looks for JWTs in a login's answer: in its body, where those that
// are called access token come first, in its cookies and in its headers.
func (t Target) otherTokens(a wire.Answer) (found []otherToken) {
	declared, _ := wire.TokenIn(t.Contract, a)
	add := func(raw, line string) {
		if _, err := token.Parse(raw); err == nil && raw != declared {
			t.keep(raw)
			found = append(found, otherToken{raw, t.tokenAt(), line})
		}
	}
	walk(a.Body, func(path string, value any) {
		if s, ok := value.(string); ok {
			add(s, "write token: "+path)
		}
	})
	slices.SortStableFunc(found, func(x, y otherToken) int { return cmp.Compare(rank(x.write), rank(y.write)) })
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		add(c.Value, "write token_cookie: "+c.Name)
	}
	for name := range a.Header {
		add(strings.TrimPrefix(a.Header.Get(name), "Bearer "), "write token_header: "+name)
	}
	return found
}

func rank(line string) int {
	switch line = strings.ToLower(line); {
	case strings.Contains(line, "access"):
		return 0
	case strings.Contains(line, "refresh"):
		return 2
	}
	return 1
}
