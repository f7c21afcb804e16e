package expr

import (
	"encoding/base64"
	"strings"
)

const basicType Type = "BasicAuthCredentials"

// basicCredentials are those of RFC 7617.
type basicCredentials struct{ user, password string }

// asBasic is AsBasic: null for what is not a Basic header.
func asBasic(of any, _ []any) any {
	scheme, encoded, _ := strings.Cut(strings.TrimSpace(Text(of)), " ")
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	user, password, ok := strings.Cut(string(decoded), ":")
	if err != nil || !ok || !strings.EqualFold(scheme, "Basic") {
		return nil
	}
	return &basicCredentials{user, password}
}
