package isolation

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var claimFaults = []fault.Fault{
	{Name: "odd-jti-unchecked", Summary: "A token whose jti is missing or no text is accepted, and not checked for revocation.", Plant: fault.Unchecked(func(c *gateway.Call) bool { return c.Token.ID == "" })},
	{Name: "narrow-claims-unchecked", Summary: "The revocation check reads aud as one text and exp as a whole number, and lets through a token that it cannot read.", Plant: fault.Unchecked(unreadable)},
	{Name: "other-typ-unchecked", Summary: "Revocation is not checked for a token whose header has another typ than JWT.", Plant: fault.Unchecked(func(c *gateway.Call) bool { return c.Token.Header()["typ"] != "JWT" })},
	{Name: "undated-token-unchecked", Summary: "A token without iat is accepted, and not checked for revocation.", Plant: fault.Unchecked(func(c *gateway.Call) bool { return c.Token.IssuedAt.IsZero() })},
}

// unreadable reports whether claims do not fit the fields of a check that was
// written for the tokens of one issuer.
func unreadable(c *gateway.Call) bool {
	var narrow struct {
		Aud string
		Exp int64
	}
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(c.Token.SigningInput(), ".")[1])
	return err != nil || json.Unmarshal(claims, &narrow) != nil
}
