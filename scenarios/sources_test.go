package scenarios_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

// served is the reference gateway at a URL.
func served(t *testing.T) string {
	t.Helper()
	return servedAs(t, reference.Config{})
}

func servedAs(t *testing.T, config reference.Config) string {
	t.Helper()
	d, err := reference.Start(config, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(d.Replicas()[0])
	t.Cleanup(func() { s.Close(); _ = d.Close() })
	return s.URL
}

// issue logs a user in, as whoever makes a list of tokens does.
func issue(t *testing.T, url, user string, life int) string {
	t.Helper()
	body := fmt.Sprintf(`{"user":%q,"password":%q,"expires_in":%d}`, user, reference.DefaultUsers()[user], life)
	res, err := http.Post(url+"/login", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.Token == "" {
		t.Fatalf("no token: %d, %v", res.StatusCode, err)
	}
	return answer.Token
}

func issued(t *testing.T, url string, n int) []string {
	t.Helper()
	var all []string
	for range n {
		all = append(all, issue(t, url, "alice", 3600))
	}
	return all
}

func sourced(t *testing.T, url, users, login string) *remote.Target {
	t.Helper()
	file := filepath.Join(t.TempDir(), "target.yaml")
	text := fmt.Sprintf("endpoints: [%s]\nusers: [{name: alice, %s}]\n%slogout: {path: /logout}\nroutes: [{path: /api/hello, identity: $.sub}]\n", url, users, login)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := remote.Load(file, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func given(t *testing.T, url string, tokens []string) *remote.Target {
	return sourced(t, url, "tokens: ["+strings.Join(tokens, ", ")+"]", "")
}

func logOut(t *testing.T, url, raw string) {
	t.Helper()
	req, _ := http.NewRequest(http.MethodPost, url+"/logout", nil)
	req.Header.Set("Authorization", "Bearer "+raw)
	res, err := http.DefaultClient.Do(req)
	if err != nil || res.StatusCode >= 300 {
		t.Fatalf("logout: %v, %v", res, err)
	}
	_ = res.Body.Close()
}

func TestGivenTokensAreUsedOnce(t *testing.T) {
	url := served(t)
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	// Both take two tokens; a fifth is left over.
	o := scenarios.Options{Only: []string{"replay/after-logout", "lifecycle/logout-ends-token", "replay/hammered"}}
	run, err := scenarios.Run(t.Context(), given(t, url, issued(t, url, 5)), all, o)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[report.Verdict]int{}
	for _, r := range run.Records {
		verdicts[r.Verdict]++
		if r.Verdict == report.NotRun && r.Why != `it needs 2 tokens of user "alice" and finds 1: give 1 more` {
			t.Errorf("%s: %s", r.ID, r.Why)
		}
	}
	if verdicts[report.Pass] != 2 || verdicts[report.NotRun] != 1 || run.Conclusion != report.Partial {
		t.Errorf("%v, %s", verdicts, run.Conclusion)
	}
	if notes := fmt.Sprint(run.Notes); !strings.Contains(notes, `with 1 more of user "alice" every scenario could have run`) {
		t.Errorf("notes %s", notes)
	}
}

func TestGivenTokensThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	url := served(t)
	used := issue(t, url, "alice", 3600)
	logOut(t, url, used)
	fresh, short := issue(t, url, "alice", 3600), issue(t, url, "alice", 30)
	for _, c := range []struct {
		name   string
		tokens []string
		says   string
	}{
		{"about to expire", []string{fresh, short}, `token 2 of user "alice" expires in`},
		{"logged out before", []string{used, fresh}, `the first token of user "alice" is not accepted: refused (401)`},
	} {
		_, err := playOne(t, given(t, url, c.tokens), "replay/after-logout")
		var p *scenarios.PreflightError
		if !errors.As(err, &p) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "eyJ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	r, err := playOne(t, given(t, url, []string{fresh, used, issue(t, url, "alice", 3600)}), "replay/after-logout")
	if err != nil || r.Verdict != report.Inconclusive || !strings.Contains(r.Why, "may have been used before") {
		t.Errorf("a used token later in the list: %s, %s, %v", r.Verdict, r.Why, err)
	}
}

// tokenServer is a token endpoint before the gateway's login. With same it
// gives one token for ever, as a cache does.
func tokenServer(t *testing.T, url string, same bool) string {
	t.Helper()
	cached := issue(t, url, "alice", 3600)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		raw := cached
		if !same {
			raw = issue(t, url, "alice", 3600)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"access_token": raw, "token_type": "Bearer"})
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestTokensFromATokenEndpoint(t *testing.T) {
	t.Parallel()
	url := served(t)
	for _, c := range []struct {
		same    bool
		verdict report.Verdict
		says    string
	}{
		{false, report.Pass, ""},
		{true, report.NotRun, "login.oauth gives the same token again and again"},
	} {
		login := fmt.Sprintf("login: {oauth: {grant: client_credentials, token_url: '%s'}}\n", tokenServer(t, url, c.same))
		r, err := playOne(t, sourced(t, url, "password: a-secret", login), "replay/after-logout")
		if err != nil || r.Verdict != c.verdict || !strings.Contains(r.Why, c.says) {
			t.Errorf("same %t: %s, %s, %v", c.same, r.Verdict, r.Why, err)
		}
		if text := fmt.Sprintf("%+v", r); strings.Contains(text, "a-secret") || strings.Contains(text, "eyJ") {
			t.Errorf("a secret is in %s", text)
		}
	}
}

func TestASourceThatFails(t *testing.T) {
	t.Parallel()
	url := served(t)
	for login, says := range map[string]string{
		"login: {command: [sh, -c, 'exit 3']}\n":                                          ":3: login.command: no token was obtained for user \"alice\" by login.command: the command failed: exit status 3",
		"login: {command: [echo, opaque]}\n":                                              "what login.command gave for user \"alice\" is not a JWT",
		"login: {oauth: {grant: client_credentials, token_url: '" + url + "/nowhere'}}\n": "answered 4",
	} {
		_, err := playOne(t, sourced(t, url, "password: a-secret", login), "replay/after-logout")
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "a-secret") {
			t.Errorf("%s: %v", login, err)
		}
	}
}

// TestTheDryRunSaysHowManyTokensAreNeeded, and asks nobody for one.
func TestTheDryRunSaysHowManyTokensAreNeeded(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	o := scenarios.Options{Only: []string{"replay/after-logout"}}
	target := given(t, "http://gateway.invalid", issued(t, served(t), 1))
	list, err := scenarios.DryRun(target, all, o)
	if err != nil || list[0].Tokens["alice"] != 2 || list[0].NotRun != "" {
		t.Errorf("%+v, %v", list, err)
	}
	target = sourced(t, "http://gateway.invalid", "password: x", "login: {command: ['false']}\n")
	list, err = scenarios.DryRun(target, all, o)
	if err != nil || list[0].NotRun != "" {
		t.Fatalf("%+v, %v", list, err)
	}
	if text := fmt.Sprintf("%+v", list[0].Requests); !strings.Contains(text, "run login.command for alice") {
		t.Errorf("requests %s", text)
	}
	asked := 0
	for _, r := range list[0].Requests {
		if r.To == scenarios.TokenSource {
			asked += r.Count
		}
	}
	if asked != 2 {
		t.Errorf("%d requests for tokens in %+v", asked, list[0].Requests)
	}
}

// TestThePlanOfATokenEndpointHoldsNoSecret, though its URL does.
func TestThePlanOfATokenEndpointHoldsNoSecret(t *testing.T) {
	login := "login: {oauth: {grant: client_credentials, token_url: 'https://user:a-secret@login.example/token?code=a-secret'}}\n"
	plan := fmt.Sprintf("%+v", scenarios.PreflightPlan(sourced(t, "http://gateway.invalid", "password: x", login), scenarios.Wire))
	if strings.Contains(plan, "a-secret") || !strings.Contains(plan, "POST https://login.example/token (client_credentials) for user 1") {
		t.Error(plan)
	}
}
