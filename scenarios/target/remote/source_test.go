package remote

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func commandLogin(argv, more string) string {
	return withLogin("login:\n  command: " + argv + "\n" + more)
}

// TestCommand runs a shell as the program: the suite itself uses none.
func TestCommand(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"the user", `echo "$REVOCHECK_USER:$REVOCHECK_PASSWORD"`, "alice:hunter2-secret"},
		{"blank lines", `echo; echo "  token  "; echo`, "token"},
		{"noise elsewhere", `echo warning >&2; echo token`, "token"},
		{"an output that a child keeps open", `while [ -e target.yaml ]; do sleep 0.1; done & echo token`, "token"},
		{"an object", `echo "{\"access_token\": \"token\","; echo "\"refresh_token\": \"r\"}"`, "token"},
		{"as much as is kept", `printf "%65536s" token`, "token"},
	} {
		target, err := loadText(t, commandLogin(fmt.Sprintf("[sh, -c, '%s']", c.script), ""))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := target.Powers().Login(t.Context(), target.Contract().Users[0]); got.Token != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestCommandFailures(t *testing.T) {
	for _, c := range []struct{ name, script, more, says string }{
		{"fails", `echo $REVOCHECK_PASSWORD; echo "no: $REVOCHECK_PASSWORD" >&2; exit 7`, "", "the command failed: exit status 7 (19 bytes on its standard error are not shown"},
		{"hangs", `sleep 600`, "  command_timeout: 50ms\n", "did not end within 50ms (login.command_timeout)"},
		{"two lines", `echo one; echo two`, "", "printed 2 lines, and one is needed"},
		{"nothing", `true`, "", "printed 0 lines"},
		{"another object", `echo "{\"token\": \"$REVOCHECK_PASSWORD\"}"`, "", "a JSON object with nothing at $.access_token (login.token)"},
		{"half an object", `echo "{\"access_token\": \"$REVOCHECK_PASSWORD\""`, "", "begins as a JSON object and is none"},
		{"too much", `yes $REVOCHECK_PASSWORD | head -c 100000`, "", "printed more than 65536 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := failure(t, commandLogin(fmt.Sprintf("[sh, -c, '%s']", c.script), c.more))
			if !strings.Contains(said, c.says) || strings.Contains(said, "hunter2") {
				t.Errorf("said %s; want ...%s...", said, c.says)
			}
		})
	}
}

// TestCommandKeepsToItsTime: a child of the command that keeps its output open
// does not hold the suite up.
func TestCommandKeepsToItsTime(t *testing.T) {
	began := time.Now()
	failure(t, commandLogin("[sh, -c, 'sleep 600 & sleep 600']", "  command_timeout: 50ms\n"))
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}

func TestCommandIsLookedForBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "token.sh", []byte("#!/bin/sh\npwd\n"))
	if err := os.Chmod(filepath.Join(dir, "token.sh"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "target.yaml", []byte(commandLogin("[./token.sh]", "")))
	target, err := Load(filepath.Join(dir, "target.yaml"), environment)
	if err != nil {
		t.Fatal(err)
	}
	got, err := target.Powers().Login(t.Context(), target.Contract().Users[0])
	if err != nil || filepath.Base(got.Token) != filepath.Base(dir) {
		t.Errorf("it ran in %q, %v", got, err)
	}
}

func signedToken(t *testing.T, id string) string {
	t.Helper()
	raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"jti": id}).SignedString([]byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func withTokens(users string) string {
	return strings.NewReplacer("    password: ${ALICE_PASSWORD}\n", users).Replace(withLogin(""))
}

func TestGivenTokens(t *testing.T) {
	one, two := signedToken(t, "one"), signedToken(t, "two")
	dir := t.TempDir()
	write(t, dir, "alice.tokens", []byte("# two tokens\n"+one+"\n\n  "+two+"  \n"))
	for _, users := range []string{"    tokens: [" + one + ", " + two + "]\n", "    tokens_file: alice.tokens\n"} {
		write(t, dir, "target.yaml", []byte(withTokens(users)))
		target, err := Load(filepath.Join(dir, "target.yaml"), environment)
		if err != nil {
			t.Fatal(err)
		}
		if got := target.Contract().Users[0].Tokens; len(got) != 2 || got[0] != one || got[1] != two {
			t.Errorf("tokens %q", got)
		}
	}
}

// TestWrongLogins has a wrong login a line, and where and how it is reported.
func TestWrongLogins(t *testing.T) {
	one, two := signedToken(t, "one"), signedToken(t, "two")
	oauth := func(more string) string { return oauthLogin("https://login.example/token", "client_credentials", more) }
	for _, c := range []struct{ name, text, at, says string }{
		{"two ways", oauth("  path: /login\n"), ":7: login: ", "one way, and the file names 2"},
		{"a field of the other way", oauth("  token: $.t\n"), ":11: login.token: ", "goes with login.path"},
		{"a lifetime elsewhere", oauth("  lifetime_field: x\n"), ":11: login.lifetime_field: ", "goes with login.path"},
		{"no grant", strings.Replace(oauth(""), "client_credentials", "code", 1), ":9: login.oauth.grant: ", "neither client_credentials nor password"},
		{"no URL", oauthLogin("login.example", "password", "    client_id: a\n"), ":10: login.oauth.token_url: ", "not an http or https URL"},
		{"no client", oauthLogin("https://a/b", "password", ""), ":8: login.oauth.client_id: ", "is needed"},
		{"a second client", oauth("    client_id: a\n"), ":11: login.oauth.client_id: ", "every user is a client"},
		{"a second secret", oauth("    client_secret: a\n"), ":11: login.oauth.client_secret: ", "every user is a client"},
		{"basic without secret", oauthLogin("https://a/b", "password", "    client_id: a\n    client_auth: basic\n"), ":12: login.oauth.client_auth: ", "no client_secret"},
		{"unknown client_auth", oauth("    client_auth: jwt\n"), ":11: login.oauth.client_auth: ", "neither body nor basic"},
		{"scope twice", oauth("    scope: a\n    parameters: {scope: b}\n"), ":12: login.oauth.parameters.scope: ", "a key of its own"},
		{"authority without TLS", oauthLogin("http://a/b", "client_credentials", "    ca: a.pem\n"), ":11: login.oauth.ca: ", "does not begin with https"},
		{"authority not there", oauth("    ca: none.pem\n"), ":11: login.oauth.ca: ", "no such file"},
		{"unknown key", oauth("    tenant: a\n"), ":11: login.oauth.tenant: ", "unknown key"},
		{"no password", strings.Replace(oauth(""), "${ALICE_PASSWORD}", "''", 1), ":6: users[0].password: ", "needs a password"},
		{"no command", commandLogin("[]", ""), ":8: login.command: ", "the program is needed"},
		{"a shell's line", commandLogin("token.sh --fresh", ""), ":8: login.command: ", "a list is needed"},
		{"no such program", commandLogin("[no-such-program-here]", ""), ":8: login.command[0]: ", "no such program"},
		{"no such file", commandLogin("[./none.sh]", ""), ":8: login.command[0]: ", "no such program"},
		{"negative time", commandLogin("[sh]", "  command_timeout: -1s\n"), ":9: login.command_timeout: ", "negative"},
		{"time of nothing", oauth("  command_timeout: 1s\n"), ":11: login.command_timeout: ", "there is no command"},
		{"tokens and a login", strings.Replace(sound, "    password: ${ALICE_PASSWORD}", "    tokens: ["+one+"]", 1), ":7: login: ", "one way"},
		{"tokens and a password", withTokens("    password: x\n    tokens: [" + one + "]\n"), ":6: users[0].password: ", "nobody logs in with it"},
		{"no token", withTokens("    tokens: ['${ALICE_PASSWORD}']\n"), ":6: users[0].tokens[0]: ", "not a JWT"},
		{"a token twice", withTokens("    tokens:\n      - " + one + "\n      - " + one + "\n"), ":8: users[0].tokens[1]: ", "the same token as users[0].tokens[0]"},
		{"a user without", withTokens("    tokens: [" + one + "]\n  - name: bob\n"), ":7: users[1]: ", `user "bob" has no tokens`},
		{"tokens twice", withTokens("    tokens: [" + one + "]\n    tokens_file: x\n"), ":7: users[0].tokens_file: ", "either given as tokens or in a file"},
		{"no token file", withTokens("    tokens_file: none.tokens\n"), ":6: users[0].tokens_file: ", "no such file"},
		{"a token of another user", withTokens("    tokens: [" + one + "]\n  - name: bob\n    tokens: [" + two + ", " + one + "]\n"), ":8: users[1].tokens[1]: ", "the same token as users[0]"},
		{"a path that is none", strings.Replace(sound, "  path: /login", "  path: /login\n  token: $.a[", 1), ":9: login.token: ", "is not a JSON path"},
		{"an empty key", sound + "headers:\n  Ocp-Apim-Subscription-Key: ${EMPTY}\n", ":19: headers.Ocp-Apim-Subscription-Key: ", "it is empty"},
		{"a path of a route", strings.Replace(sound, "    accepted: [200]", "    identity: $.a..[", 1), ":14: routes[0].identity: ", "is not a JSON path"},
		{"a path of the counter", sound + "hits:\n  url: /hits\n  count: $[?\n", ":20: hits.count: ", "is not a JSON path"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := loadText(t, c.text)
			if err == nil || !strings.Contains(err.Error(), "target.yaml"+c.at) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v\nwant ...%s...%s", err, c.at, c.says)
			}
			if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "eyJ")) {
				t.Errorf("a secret is in %v", err)
			}
		})
	}
}
