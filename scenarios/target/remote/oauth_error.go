package remote

import (
	"errors"
	"fmt"
	"mime"
	"regexp"

	"golang.org/x/oauth2"
)

// errorCode is what RFC 6749 section 5.2 and its extensions allow, and short.
var errorCode = regexp.MustCompile(`^[a-z_]{3,40}$`)

// entraCode is a code of Entra ID at the beginning of an error's description.
var entraCode = regexp.MustCompile(`^AADSTS(\d{4,8})\b`)

// hints say what to look at, by the code of the error.
var hints = map[string]string{
	"invalid_client":         "look at the client's ID and secret",
	"invalid_grant":          "look at the user's name and password",
	"unsupported_grant_type": "the endpoint does not give tokens by this grant; look at login.oauth.grant",
	"unauthorized_client":    "the client may not use this grant",
	"invalid_scope":          "look at login.oauth.scope; for client credentials Entra ID takes api://APP/.default",
	"invalid_request":        "a parameter is missing or wrong; look at login.oauth",
}

// entraHints are those of Entra ID (its error code reference).
var entraHints = map[string]string{
	"7000215": "the client secret is wrong: its value is needed, not its ID",
	"7000222": "the client secret has expired",
	"7000218": "the client is not public and sent no secret: set client_secret, or allow public client flows",
	"700016":  "there is no such application in the tenant; look at the client's ID and the tenant",
	"90002":   "there is no such tenant; look at login.oauth.token_url",
	"50126":   "the user's name or password is wrong",
	"50034":   "there is no such user in the tenant",
	"50055":   "the user's password has expired",
	"50076":   "the user must sign in with a second factor: the password grant cannot, use another user or client_credentials",
	"50079":   "the user must enrol a second factor: the password grant cannot, use another user or client_credentials",
	"65001":   "nobody consented to the client's use of this scope: an administrator has to",
	"70011":   "the scope is wrong; for client credentials it is api://APP/.default",
	"1002012": "the scope is wrong; for client credentials it is api://APP/.default",
	"500011":  "there is no such resource in the tenant; look at login.oauth.scope",
	"50196":   "the token endpoint was asked too often in a short time; set limits.rate",
}

// denied says with which error of RFC 6749 a token was denied. The description
// is not quoted.
func denied(e *oauth2.RetrieveError) string {
	if !errorCode.MatchString(e.ErrorCode) {
		return "with an error that is none of RFC 6749"
	}
	text, hint := e.ErrorCode, hints[e.ErrorCode]
	if found := entraCode.FindStringSubmatch(e.ErrorDescription); found != nil {
		text += " (" + found[0] + ")"
		if better := entraHints[found[1]]; better != "" {
			hint = better
		}
	}
	if hint == "" {
		return text
	}
	return text + ": " + hint
}

func kindOf(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		return "no known content type"
	}
	return kind
}

// innermost is the cause of an error of net/http, without the URL.
func innermost(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return fmt.Sprint(err)
}
