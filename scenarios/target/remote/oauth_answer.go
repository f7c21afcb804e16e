package remote

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"golang.org/x/oauth2"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// lastAnswer remembers what answer came: the library's errors quote answers, which
// may hold secrets, and its tokens have not all that an answer has.
type lastAnswer struct {
	next   http.RoundTripper
	status int
	kind   string
	body   []byte
}

// maxAnswer bounds how much of an answer is read, in bytes.
const maxAnswer = 1 << 20

// RoundTrip passes the request on.
func (l *lastAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.next.RoundTrip(r)
	if err != nil {
		return res, err
	}
	l.status, l.kind = res.StatusCode, res.Header.Get("Content-Type")
	l.body, err = io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(l.body))
	return res, nil
}

const atTokenURL = "login.oauth.token_url"

// explain says why there is no token and which line to look at, in words that hold
// nothing of what was sent.
func (l *lastAnswer) explain(err error, o scenarios.OAuth) error {
	var refused *oauth2.RetrieveError
	var lookup *net.DNSError
	var authority x509.UnknownAuthorityError
	write := "look at login.oauth.token_url: write the URL of the token endpoint"
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &lookup):
		return &wire.SourceError{Key: atTokenURL, Seen: "there is no such host", Fix: write, Away: true}
	case errors.As(err, &authority):
		return &wire.SourceError{Key: "login.oauth.ca", Seen: "the token endpoint's certificate is signed by an authority that is not trusted here", Fix: "set login.oauth.ca to that authority's certificate", Away: true}
	case l.status == 0:
		return &wire.SourceError{Key: atTokenURL, Seen: "the token endpoint gave no answer: " + innermost(err), Fix: write + ", and see that it is up", Away: true}
	case errors.As(err, &refused) && refused.ErrorCode != "":
		return denied(l.status, refused, o)
	}
	return &wire.SourceError{Key: atTokenURL, Seen: fmt.Sprintf("the token endpoint answered %d with %s and no access_token", l.status, kindOf(l.kind)), Fix: write, Away: busy(l.status)}
}

// busy reports whether a status says nothing of the request that was made.
func busy(status int) bool { return status >= 500 || status == http.StatusTooManyRequests }
