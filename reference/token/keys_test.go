package token_test

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference/token"
)

func TestKeysAreNotPrinted(t *testing.T) {
	k, err := token.NewKeys("HS256")
	if err != nil {
		t.Fatal(err)
	}
	if text := k.String() + k.GoString(); !strings.Contains(text, k.ID()) || len(text) > 100 {
		t.Errorf("the key prints as %q", text)
	}
}
