package respelling

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var textFaults = []fault.Fault{
	{Name: "whitespace-spelling-unchecked", Summary: "White space around or in a token is skipped by the parser, and revocation is then not checked.", Plant: fault.Each(skipBlanks)},
	{Name: "junk-in-token-ignored", Summary: "Characters that base64 does not have are dropped from a token, which is then not checked for revocation.", Plant: readAs(withoutJunk)},
	{Name: "extra-segment-ignored", Summary: "A token is accepted with more behind its third segment, and is then not checked for revocation.", Plant: readAs(threeSegments)},
	{Name: "escaped-token-accepted", Summary: "A token is accepted with escapes or in quotes, and is then not checked for revocation.", Plant: readAs(unescaped)},
	{Name: "json-serialization-accepted", Summary: "A token is accepted in the JSON serializations too, and is then not checked for revocation.", Plant: readAs(compacted)},
}

func skipBlanks(p *gateway.Process) {
	find := p.Find
	p.Find = func(r *http.Request) (gateway.Credential, error) {
		c, err := find(r)
		if !errors.Is(err, gateway.ErrMalformed) && !errors.Is(err, gateway.ErrNoToken) {
			return c, err
		}
		value := r.Header.Get("Authorization")
		fields := strings.FieldsFunc(value, gateway.IsBlank)
		if len(fields) < 2 || !strings.EqualFold(fields[0], "Bearer") {
			return c, err
		}
		return gateway.Credential{Raw: strings.Join(fields[1:], ""), Header: value, Carrier: gateway.CarrierHeader, Request: r}, nil
	}
	fault.Unchecked(respelled)(p.Site)(p)
}

func respelled(c *gateway.Call) bool {
	scheme, raw, _ := strings.Cut(c.Header, " ")
	return c.Header != "" && (len(scheme) != len("Bearer") || raw != c.Raw)
}

// readAs has the verifier read another text than the one that was sent, in
// which the revocation check does not find what it looks for.
func readAs(read func(string) string) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		verify := p.Verify
		p.Verify = func(c gateway.Credential) (*token.Token, error) {
			c.Raw = read(c.Raw)
			return verify(c)
		}
		fault.Unchecked(func(c *gateway.Call) bool { return read(c.Raw) != c.Raw })(p.Site)(p)
	})
}

func withoutJunk(raw string) string { return strings.ReplaceAll(raw, "!", "") }

func threeSegments(raw string) string {
	parts := strings.SplitN(raw, ".", 4)
	return strings.Join(parts[:min(len(parts), 3)], ".")
}

func unescaped(raw string) string {
	plain, err := url.PathUnescape(strings.Trim(raw, `"`))
	if err != nil {
		return raw
	}
	return plain
}

// compacted writes a JSON serialization (RFC 7515 section 7.2) as the compact one.
func compacted(raw string) string {
	var jws struct {
		Payload, Protected, Signature string
		Signatures                    []struct{ Protected, Signature string }
	}
	if json.Unmarshal([]byte(raw), &jws) != nil {
		return raw
	}
	for _, s := range jws.Signatures {
		jws.Protected, jws.Signature = s.Protected, s.Signature
	}
	return jws.Protected + "." + jws.Payload + "." + jws.Signature
}
