package scenarios

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// limitsEverybody reports whether the target turns a token that was never
// issued away like one over a limit. No logout can have counted against that
// token: the limit counts the suite's calls.
func (p *Play) limitsEverybody() bool {
	known := p.someToken()
	if known == nil || p.planning {
		return false
	}
	req := wire.CallOf(p.contract.Routes[0])
	req.Carry(p.contract.Carrier, neverIssued(known))
	return p.sender.Send(p.ctx, req, Refused).OverLimit()
}

func (p *Play) someToken() *Token {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.trail {
		if e.kind == issuedEvent {
			return e.token
		}
	}
	return nil
}

// neverIssued has the form of a token but shares with it nothing that a
// revocation could be keyed by.
func neverIssued(t *Token) string {
	claims := maps.Clone(t.Claims)
	for _, c := range []string{"jti", "uti", "sub", "oid", "sid"} {
		claims[c] = rand.Text()
	}
	delete(claims, "iat")
	_, rest, _ := strings.Cut(t.Raw, ".")
	_, signature, _ := strings.Cut(rest, ".")
	noise := make([]byte, base64.RawURLEncoding.DecodedLen(len(signature)))
	_, _ = rand.Read(noise) // never fails
	head, _, _ := strings.Cut(t.Raw, ".")
	body, err := json.Marshal(claims)
	if err != nil { // they came out of JSON
		panic(err)
	}
	return head + "." + base64.RawURLEncoding.EncodeToString(body) + "." + base64.RawURLEncoding.EncodeToString(noise)
}
