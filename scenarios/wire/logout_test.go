package wire_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// A logout by RFC 7009 with the credentials of a client has one Authorization
// header, and the token in the body.
func TestCredentialsOfAClientReplaceTheCarrier(t *testing.T) {
	c := contract.Contract{Logout: contract.Logout{
		Path: "/revoke", Headers: map[string]string{"authorization": "Basic abc"}, TokenField: "token",
	}}.WithDefaults()
	req := wire.LogoutOf(c, wire.Session{Raw: "a.b.c"})
	if got := req.Header.Values("Authorization"); len(got) != 1 || got[0] != "Basic abc" || req.Body != "token=a.b.c" {
		t.Errorf("Authorization %q, body %q", got, req.Body)
	}
}
