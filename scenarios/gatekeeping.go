package scenarios

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

// What API Management answers for its own reasons, before or beside any look
// at the token (its policy reference and its error-handling page have the
// texts).
const (
	missingKey    = "Access denied due to missing subscription key"
	invalidKey    = "Access denied due to invalid subscription key"
	keyChallenge  = "AzureApiManagementKey" // scheme of WWW-Authenticate
	rateExceeded  = "Rate limit is exceeded"
	callsExceeded = "Out of call volume quota"
	bytesExceeded = "Out of bandwidth quota"
)

// Words for what such answers mean to whoever runs the suite.
const (
	keyHint       = "look at headers: Ocp-Apim-Subscription-Key has to be the key of an active subscription that covers this API"
	declareHint   = "if tokens are refused with this status, declare it in refusal.statuses; if not, "
	throttledHint = "the suite itself is throttled; lower limits.rate, or raise the limit for its subscription"
)

// unsubscribed reports whether an answer is about the subscription key: the
// token was not looked at.
func unsubscribed(a Answer) bool {
	if a.Status != http.StatusUnauthorized {
		return false
	}
	said := a.message()
	return strings.HasPrefix(said, missingKey) || strings.HasPrefix(said, invalidKey) ||
		strings.HasPrefix(a.Header.Get("WWW-Authenticate"), keyChallenge)
}

// keyComplaint is what is wrong with the key.
func (a Answer) keyComplaint() string {
	if strings.HasPrefix(a.message(), invalidKey) {
		return "the key that was sent is not valid there"
	}
	return "no key was found in the request"
}

// limited reports whether an answer is that of a rate limit or a quota, which
// may count the suite's own calls, or logouts.
func limited(a Answer) bool {
	switch said := a.message(); a.Status {
	case http.StatusTooManyRequests:
		return strings.HasPrefix(said, rateExceeded)
	case http.StatusForbidden:
		return strings.HasPrefix(said, callsExceeded) || strings.HasPrefix(said, bytesExceeded)
	}
	return false
}

// throttled reports whether an answer that is no declared refusal says that
// there were too many calls.
func throttled(a Answer) bool { return a.Status == http.StatusTooManyRequests || limited(a) }

// message is what API Management says in the body of an error.
func (a Answer) message() string {
	var body struct {
		Message string `json:"message"`
	}
	if len(a.Body) > 4<<10 || json.Unmarshal(a.Body, &body) != nil {
		return ""
	}
	return body.Message
}

// limitsEverybody reports whether the target turns a token that was never
// issued away like one over a limit. No logout can have counted against that
// token: the limit counts the suite's calls.
func (p *Play) limitsEverybody() bool {
	known := p.someToken()
	if known == nil || p.planning {
		return false
	}
	req := p.contract.Routes[0].request()
	req.Carry(p.contract.Carrier, neverIssued(known))
	return limited(p.wire.send(p.ctx, req, Refused))
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
