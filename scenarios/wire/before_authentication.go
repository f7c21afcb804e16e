package wire

import (
	"encoding/json"
	"net/http"
	"strconv"
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
	KeyHint       = "look at headers: Ocp-Apim-Subscription-Key has to be the key of an active subscription that covers this API"
	declareHint   = "if tokens are refused with this status, declare it in refusal.statuses; if not, "
	ThrottledHint = "the suite itself is throttled; lower limits.rate, or raise the limit for its subscription"
)

// Unsubscribed reports whether an answer is about the subscription key: the
// token was not looked at.
func (a Answer) Unsubscribed() bool {
	if a.Status != http.StatusUnauthorized {
		return false
	}
	said := a.message()
	return strings.HasPrefix(said, missingKey) || strings.HasPrefix(said, invalidKey) ||
		strings.HasPrefix(a.Header.Get("WWW-Authenticate"), keyChallenge)
}

// KeyComplaint is what is wrong with the key.
func (a Answer) KeyComplaint() string {
	if strings.HasPrefix(a.message(), invalidKey) {
		return "the key that was sent is not valid there"
	}
	return "no key was found in the request"
}

// OverLimit reports whether an answer is that of a rate limit or a quota, which
// may count the suite's own calls, or logouts.
func (a Answer) OverLimit() bool {
	switch said := a.message(); a.Status {
	case http.StatusTooManyRequests:
		return strings.HasPrefix(said, rateExceeded)
	case http.StatusForbidden:
		return strings.HasPrefix(said, callsExceeded) || strings.HasPrefix(said, bytesExceeded)
	}
	return false
}

// MayThrottle reports whether a 429 may be for the number of calls, though it is a
// declared refusal: it says when to try again, and not what a counter by key does.
// API Management's own throttling answers like that.
func (a Answer) MayThrottle() bool {
	return a.Status == http.StatusTooManyRequests && a.Header.Get("Retry-After") != "" && !a.OverLimit()
}

// Shape is what answers for one reason share: the status, and the body without the
// numbers in it.
func (a Answer) Shape() string {
	body := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, string(a.Body[:min(len(a.Body), 4<<10)]))
	return strconv.Itoa(a.Status) + " " + body
}

// Throttled reports whether an answer that is no declared refusal says that
// there were too many calls.
func (a Answer) Throttled() bool { return a.Status == http.StatusTooManyRequests || a.OverLimit() }

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
