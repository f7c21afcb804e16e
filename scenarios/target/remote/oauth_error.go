package remote

import (
	"errors"
	"fmt"
	"mime"
	"regexp"

	"golang.org/x/oauth2"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// errorCode is what RFC 6749 section 5.2 and its extensions allow, and short.
var errorCode = regexp.MustCompile(`^[a-z_]{3,40}$`)

// entraCode is a code of Entra ID at the beginning of an error's description.
var entraCode = regexp.MustCompile(`^AADSTS(\d{4,8})\b`)

// invalidClient is the error of a client that is unknown or showed no good secret.
const invalidClient = "invalid_client"

// ofClient and ofSecret stand for the keys of the client's ID and its secret: with
// client credentials the user is the client.
const ofClient, ofSecret = "login.oauth.client_id", "login.oauth.client_secret"

// hint is a key of the target file to look at, and what to look for.
type hint struct{ key, fix string }

// hints are those by the code of the error.
var hints = map[string]hint{
	invalidClient:             {ofSecret, "look at the client's ID and secret"},
	"invalid_grant":           {wire.OfUser, "look at the user's name and password"},
	"unsupported_grant_type":  {"login.oauth.grant", "the endpoint does not give tokens by this grant; look at login.oauth.grant"},
	"unauthorized_client":     {"login.oauth.grant", "the client may not use this grant: write another, or allow it there"},
	"invalid_scope":           {"login.oauth.scope", "look at login.oauth.scope; for client credentials Entra ID takes api://APP/.default"},
	"invalid_target":          {"login.oauth.audience", "look at login.oauth.audience and parameters: there is no such resource"},
	"invalid_request":         {"login.oauth.parameters", "a parameter is missing or wrong; look at login.oauth"},
	"temporarily_unavailable": {atTokenURL, "try again later"},
	"slow_down":               {"limits.rate", "the token endpoint was asked too often; set limits.rate"},
}

// entraHints are those of Entra ID (its error code reference).
var entraHints = map[string]hint{
	"7000215": {ofSecret, "the client secret is wrong: its value is needed, not its ID"},
	"7000222": {ofSecret, "the client secret has expired"},
	"7000218": {ofSecret, "the client is not public and sent no secret: set client_secret, or allow public client flows"},
	"700016":  {ofClient, "there is no such application in the tenant; look at the client's ID and the tenant"},
	"90002":   {atTokenURL, "there is no such tenant; look at login.oauth.token_url"},
	"50126":   {wire.OfUser, "the user's name or password is wrong"},
	"50034":   {wire.OfUser, "there is no such user in the tenant"},
	"50055":   {wire.OfUser, "the user's password has expired"},
	"50076":   {"login.oauth.grant", "the user must sign in with a second factor: the password grant cannot, use another user or client_credentials"},
	"50079":   {"login.oauth.grant", "the user must enrol a second factor: the password grant cannot, use another user or client_credentials"},
	"65001":   {"login.oauth.scope", "nobody consented to the client's use of this scope: an administrator has to"},
	"70011":   {"login.oauth.scope", "the scope is wrong; for client credentials it is api://APP/.default"},
	"1002012": {"login.oauth.scope", "the scope is wrong; for client credentials it is api://APP/.default"},
	"500011":  {"login.oauth.scope", "there is no such resource in the tenant; look at login.oauth.scope"},
	"50196":   {"limits.rate", "the token endpoint was asked too often in a short time; set limits.rate"},
}

// denied says with which error of RFC 6749 a token was denied, and which line to
// look at. The description is not quoted.
func denied(status int, e *oauth2.RetrieveError, o scenarios.OAuth) error {
	text, found := e.ErrorCode, hint{"login.oauth", "look at login.oauth"}
	if h, known := hints[text]; known {
		found = h
	}
	if !errorCode.MatchString(text) {
		text = "with an error that is none of RFC 6749"
	}
	if code := entraCode.FindStringSubmatch(e.ErrorDescription); code != nil {
		text += " (" + code[0] + ")"
		if h, known := entraHints[code[1]]; known {
			found = h
		}
	}
	if o.Grant == contract.GrantClient && (found.key == ofClient || found.key == ofSecret) {
		found.key = wire.OfUser
	}
	away := busy(status) || e.ErrorCode == "temporarily_unavailable" || e.ErrorCode == "slow_down"
	return &wire.SourceError{Key: found.key, Seen: fmt.Sprintf("the token endpoint answered %d, %s", status, text), Fix: found.fix, Away: away}
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
