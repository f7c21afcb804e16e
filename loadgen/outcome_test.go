package loadgen

import "testing"

func TestJudgement(t *testing.T) {
	sound := &Side{}
	lax := &Side{Expect: func(Class) Expectation { return WantAccept }}
	throttle := &Side{Refuses: func(s int) bool { return s == 429 }}
	muddled := &Side{Refuses: func(int) bool { return true }}
	for _, c := range []struct {
		name   string
		side   *Side
		class  Class
		status int
		want   Outcome
	}{
		{"live accepted", sound, Live, 200, AsExpect},
		{"never seen accepted", sound, NeverSeen, 204, AsExpect},
		{"revoked refused: a 4xx is no error", sound, Revoked, 401, AsExpect},
		{"expired refused", sound, Expired, 401, AsExpect},
		{"revoked accepted", sound, Revoked, 200, Leak},
		{"expired accepted", sound, Expired, 200, Lapse},
		{"live refused", sound, Live, 401, OverBlock},
		{"never seen refused", sound, NeverSeen, 401, OverBlock},
		{"no answer", sound, Revoked, 0, Fault},
		{"a 5xx does not refuse a revoked token", sound, Revoked, 503, Fault},
		{"an undeclared 429 refuses nothing", sound, Revoked, 429, Fault},
		{"a redirect is neither", sound, Live, 302, Fault},
		{"a declared 429 refuses", throttle, Revoked, 429, AsExpect},
		{"a declared 429 on a live token", throttle, Live, 429, OverBlock},
		{"a baseline that revokes nothing", lax, Revoked, 200, AsExpect},
		{"such a baseline refusing", lax, Revoked, 401, OverBlock},
		{"a status that both accepts and refuses", muddled, Live, 200, Fault},
	} {
		if got := c.side.judge(c.class, c.status); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestZeroOutcomeIsAFault(t *testing.T) {
	var o Outcome
	if o != Fault {
		t.Errorf("the zero outcome is %s", o)
	}
}

func TestFaultKinds(t *testing.T) {
	for _, c := range []struct {
		status int
		text   string
		want   string
	}{
		{429, "429 Too Many Requests", "throttled (429)"},
		{502, "502 Bad Gateway", "unexpected status 502"},
		{0, `Get "http://h/?access_token=secret": dial tcp: connect: connection refused`, "connection refused"},
		{0, `Get "http://h/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`, "timeout"},
		{0, `read: connection reset by peer`, "connection reset"},
		{0, `Get "http://h/": EOF`, "connection closed without an answer"},
		{0, `something with a secret`, "other transport error"},
	} {
		if got := faultKind(Fault, c.status, c.text); got != c.want {
			t.Errorf("%d %s: %q, want %q", c.status, c.text, got, c.want)
		}
	}
	if got := faultKind(AsExpect, 401, "401 Unauthorized"); got != "" {
		t.Errorf("an expected refusal is called %q", got)
	}
}
