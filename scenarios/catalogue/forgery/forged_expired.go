package forgery

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/scenarios"
)

// forgedExpired are forgeries that also have expired. A gateway that looks at
// exp first may take them for old tokens of the victim's, of which no harm comes,
// and note their jti as it stands.
func forgedExpired(p *scenarios.Play, token string) []fake {
	old, ok := expiredBy(p.Clock().Now(), token)
	if !ok {
		return nil
	}
	fakes := []fake{{"expired, with the signature of the live one", old}}
	if list := forgery.OtherKey(old); len(list) > 0 {
		fakes = append(fakes, fake{"expired, signed with another key", list[0].Token})
	}
	return fakes
}

// expiredBy is a token whose claims are those of another, but for its times: the
// signature no longer fits. False where the claims cannot be read.
func expiredBy(now time.Time, token string) (string, bool) {
	parts := strings.Split(token, ".")
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	var claims map[string]json.RawMessage
	if err != nil || json.Unmarshal(text, &claims) != nil {
		return "", false
	}
	claims["exp"], _ = json.Marshal(now.Add(-time.Hour).Unix())
	for _, begin := range []string{"iat", "nbf"} {
		if claims[begin] != nil {
			claims[begin], _ = json.Marshal(now.Add(-2 * time.Hour).Unix())
		}
	}
	text, _ = json.Marshal(claims) // it came out of JSON
	return strings.Join([]string{parts[0], base64.RawURLEncoding.EncodeToString(text), parts[2]}, "."), true
}

// callExpired calls a route with these forgeries: none of them may be accepted,
// nor end the session that it names.
func callExpired(p *scenarios.Play, victim *scenarios.Token) {
	for _, f := range forgedExpired(p, victim.Raw) {
		p.Call(p.Respell(victim, f.name, f.token), scenarios.WantNotAccepted)
		p.StillLiveAfter(victim, "a call with a forged token ("+f.name+")", func() bool { return callEndsAnother(p, f.name) })
	}
}

// callEndsAnother calls with a forgery of that name of one more session, and
// reports whether it ends.
func callEndsAnother(p *scenarios.Play, name string) bool {
	other := p.Login("alice", "V3")
	p.Call(other, scenarios.WantAccepted)
	list := forgedExpired(p, other.Raw)
	if i := slices.IndexFunc(list, func(f fake) bool { return f.name == name }); i >= 0 {
		p.Call(p.Respell(other, name, list[i].token), scenarios.WantNotAccepted)
	}
	return p.Judge(p.Contract().Routes[0], other, p.Call(other, scenarios.WantAny)) == scenarios.Refused
}
