package html

// documents are those that an auditor goes by, each with the controls that ending a
// token is about. What no scenario refers to is listed as well: somebody else has to
// look at it.
var documents = []struct {
	name, of, prefix string
	controls         []struct{ id, title string }
}{
	{"OWASP ASVS 5.0", "V7 session management, V9 self-contained tokens", "OWASP ASVS 5.0 V", []struct{ id, title string }{
		{"7.2.1", "Session tokens are verified by a trusted backend service"},
		{"7.2.4", "A new session token at each authentication, and the current one is terminated"},
		{"7.3.1", "Inactivity timeout"},
		{"7.3.2", "Absolute maximum session lifetime"},
		{"7.4.1", "Logout and expiration terminate the session, also at a relying party"},
		{"7.4.2", "All sessions end when an account is disabled or deleted"},
		{"7.4.3", "All other sessions can be ended after an authentication factor was changed"},
		{"7.4.4", "Logout is easy to find on every page that needs authentication"},
		{"7.4.5", "Administrators can end the sessions of one user or of all"},
		{"7.5.2", "Users can see and end their active sessions"},
		{"7.6.1", "Session termination between relying party and identity provider is as documented"},
		{"8.3.1", "Authorization is enforced at a trusted service layer"},
		{"9.1.1", "Signature or MAC is validated before the content is accepted"},
		{"9.1.2", "Only algorithms of an allowlist, never none"},
		{"9.1.3", "Keys from trusted, configured sources only"},
		{"9.2.1", "Accepted only within the validity time span"},
		{"9.2.2", "The token is of the right type, for the intended purpose"},
		{"9.2.3", "The token is for this audience"},
		{"9.2.4", "A shared signing key needs an audience restriction"},
	}},
	{"RFC 7009", "OAuth 2.0 token revocation", "RFC 7009 section ", []struct{ id, title string }{
		{"2", "The revocation endpoint: HTTPS, reachable"},
		{"2.1", "The request; the invalidation takes place immediately"},
		{"2.2", "The response: success also for a token that is invalid"},
		{"2.2.1", "Error responses"},
		{"2.3", "Cross-origin support"},
		{"5", "Security considerations: denial of service, guessed tokens"},
	}},
	{"RFC 8725", "JSON Web Token best current practices", "RFC 8725 section ", []struct{ id, title string }{
		{"3", "Best practices, as a whole"},
		{"3.1", "Algorithm verification"},
		{"3.2", "Appropriate algorithms"},
		{"3.3", "All cryptographic operations are validated"},
		{"3.4", "Cryptographic inputs are validated"},
		{"3.5", "Cryptographic keys have sufficient entropy"},
		{"3.6", "No compression before encryption"},
		{"3.7", "UTF-8"},
		{"3.8", "Issuer and subject are validated"},
		{"3.9", "Audience is used and validated"},
		{"3.10", "Received claims are not trusted"},
		{"3.11", "Explicit typing"},
		{"3.12", "Mutually exclusive validation rules for different kinds of JWT"},
	}},
	{"CWE", "insufficient session expiration and its kin", "CWE-", []struct{ id, title string }{
		{"613", "Insufficient session expiration"},
		{"287", "Improper authentication"},
		{"289", "Authentication bypass by alternate name"},
		{"294", "Authentication bypass by capture-replay"},
		{"347", "Improper verification of a cryptographic signature"},
		{"362", "Race condition"},
		{"384", "Session fixation"},
		{"636", "Not failing securely"},
		{"645", "Overly restrictive account lockout"},
	}},
	{"WSTG-SESS", "OWASP Web Security Testing Guide, session management", "WSTG-SESS-", []struct{ id, title string }{
		{"01", "Session management schema"},
		{"02", "Cookie attributes"},
		{"03", "Session fixation"},
		{"04", "Exposed session variables"},
		{"05", "Cross-site request forgery"},
		{"06", "Logout functionality"},
		{"07", "Session timeout"},
		{"08", "Session puzzling"},
		{"09", "Session hijacking"},
		{"10", "JSON Web Tokens"},
		{"11", "Concurrent sessions"},
	}},
}
