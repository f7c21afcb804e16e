package validate

import (
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// What on-error sections were seen to get of the .NET library, as far as
// published policies look for it.
const (
	notPresent  = "JWT not present."
	notReadable = "IDX12741: JWT must have three segments (JWS) or five segments (JWE)."
)

// refuse answers with the configured status, and with the configured message or
// APIM's own. The cause is for the on-error section.
func (p *validateJwt) refuse(x *policy.Exchange, reason, cause string) error {
	message := p.message
	switch {
	case message.Set:
	case reason == "TokenNotPresent":
		message.Literal = notPresent
	default:
		message.Literal = "Invalid JWT."
	}
	return policy.Refusal(x, expr.LastError{Source: p.source, Reason: reason, Message: cause}, p.status, message)
}

// reasons are those of APIM's error handling page.
var reasons = []struct {
	err    error
	reason string
}{
	{errNoKey, "TokenSignatureKeyNotFound"},
	{jwt.ErrTokenMalformed, "JwtInvalid"},
	{jwt.ErrTokenSignatureInvalid, "TokenSignatureInvalid"},
	{jwt.ErrTokenExpired, "TokenExpired"},
	{jwt.ErrTokenRequiredClaimMissing, "TokenExpirationTimeMissing"},
}

func reasonOf(err error) string {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.reason
		}
	}
	return "JwtInvalid"
}

// messageOf is "<message from jwt library>. Access denied.", as the page has it.
func messageOf(err error, x *policy.Exchange, claims jwt.MapClaims) string {
	exp, _ := claims.GetExpirationTime()
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return notReadable
	case errors.Is(err, jwt.ErrTokenExpired) && exp != nil:
		return fmt.Sprintf("IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '%s', Current time (UTC): '%s'.. Access denied.",
			expr.Text(exp.Time), expr.Text(x.Context.Now().Truncate(time.Second)))
	}
	return err.Error() + ". Access denied."
}
