package lint

// Rule is a kind of hole: its stable ID, what it is, why it matters for
// revocation and how to mend it.
type Rule struct {
	ID, Title, Why, Fix string
}

const keyFix = "Validate first, then key on issuer and jti of the validated token, or on all of the token up to its last dot."

// The rules. Their IDs are stable.
var (
	ShortWindow = Rule{"window-shorter-than-token", "The revocation ends before the token does",
		"A counter forgets after its period, a cache entry after its duration: from then on the logged-out token works again until it expires.",
		"Use quota-by-key with renewal-period 0, or a cache entry that lasts until the token's exp; or issue tokens that live no longer than the window."}
	AnchoredQuota = Rule{"quota-window-anchored", "The quota's window may end right after the logout",
		"quota-by-key counts in fixed windows from first-period-start, so a revocation lasts between nothing and one period, whatever the period is.",
		"Set renewal-period to 0, which never ends."}
	LongPeriod = Rule{"period-over-300", "renewal-period is over 300 s",
		"API Management refuses a rate-limit-by-key with a longer period, so this policy cannot be deployed.",
		"Use at most 300, and where that is too short quota-by-key with renewal-period 0."}
	RawHeader = Rule{"raw-header-key", "The key changes with the spelling of the header",
		"Another case of the scheme or another space makes another key: the holder of a logged-out token respells the header and is not counted.",
		keyFix}
	RawToken = Rule{"raw-token-key", "The key holds the signature of the token",
		"Most signatures have unused bits, and an ECDSA signature has a twin: the same token can be written with another signature, which is another key.",
		keyFix}
	UnverifiedKey = Rule{"unverified-jwt-key", "The key is read from a token that nobody has verified",
		"AsJwt() parses and does not verify: a token that anyone can make up names a victim, and revokes the victim's token.",
		"Put validate-jwt with output-token-variable-name first, and read the key from that variable."}
	EmptyKey = Rule{"empty-key", "Callers without a token share one key",
		"One logout without a token counts against the shared key, and every caller without a token, at the login too, is refused.",
		"Put validate-jwt first, or count only when the header is there."}
	SharedKey = Rule{"key-of-several-tokens", "Several tokens have one key",
		"The logout of one token ends others with it; and with a counter, the tokens of the next logins are refused until it forgets.",
		"Key on what a token has alone: issuer and jti (uti in Entra ID's tokens), or all of the token up to its last dot."}
	BeforeValidation = Rule{"limiter-before-validate-jwt", "The counter, or the cache, comes before validate-jwt",
		"What is not a valid token reaches the policy, and can be made to count or to be stored.",
		"Put validate-jwt before this policy, at the same scope or a broader one."}
	MixedParameters = Rule{"mixed-parameters", "One key is counted with different calls or periods",
		"On v2 tiers all policies on one key share one token bucket, and with different numbers its behaviour is unpredictable.",
		"Use the same calls and renewal-period wherever the key is used."}
	SharedCounter = Rule{"shared-counter", "Another limit counts into the counter of revocations",
		"A key has one counter in the whole service: the calls that this policy counts revoke the token, or hide that it was.",
		"Begin the keys of revocation with a text of their own, such as \"revoked|\"."}
	NoCounters = Rule{"consumption-tier", "The tier has no counters by key",
		"rate-limit-by-key and quota-by-key are not allowed in the Consumption tier, so this policy cannot be deployed.",
		"Use an external cache: cache-store-value and cache-lookup-value with caching-type external."}
	FailsOpen = Rule{"cache-fails-open", "A cache that is away accepts every token",
		"A look-up in a cache that cannot be reached, or that lost its contents, is a miss and raises no error: every logged-out token works.",
		"Store a second entry that is always there, look it up first, and refuse the call when it is missing."}
	VolatileCache = Rule{"cache-volatile", "The revocation may be kept in the built-in cache",
		"The built-in cache is one for each region and is lost at a restart: elsewhere, or later, the logged-out token works.",
		"Configure an external cache and say caching-type=\"external\"."}
	NoLogout = Rule{"logout-not-covered", "No document records a logout",
		"Nothing writes down that a token was logged out, so it works until it expires.",
		"Add the policy that counts, or stores, to the logout operation; or give its file to this command too."}
	NoCheck = Rule{"check-missing", "No document checks what the logout records",
		"The logout is written down and nobody looks: the token keeps working.",
		"Add the same key with increment-condition=\"false\", or the look-up, to every API that takes the token, or at global scope."}
	Bypassed = Rule{"check-bypassed", "This scope does not inherit the check",
		"Without <base /> the policies of the broader scope do not run, so that its operations take logged-out tokens.",
		"Write <base /> first in the inbound section."}
	SingleIncrement = Rule{"single-increment", "The count may not go over the limit",
		"It is not published whether a call that counts nothing, or counts later, is refused when count >= calls or when count > calls. If it is the latter, this logout never blocks.",
		"Set increment-count above calls, for example 2 for calls 1."}
	FailedLogout = Rule{"counts-failed-logout", "A logout that fails is recorded too",
		"The policy does not wait for the logout's own success: a refused or failed logout, or a forged one, revokes a token.",
		"Set increment-condition to an expression on context.Response.StatusCode, or store in the outbound section when the status is a success."}
	AfterBackend = Rule{"check-after-backend", "The check is made after the backend was asked",
		"In the outbound section the call has been done: a logged-out token still orders, pays and deletes, and only the answer is withheld.",
		"Put the check into the inbound section, behind validate-jwt."}
	Skipped = Rule{"check-skipped", "The caller chooses whether the check runs",
		"A method, a path, a header or a parameter is the caller's to choose: who holds a logged-out token chooses one for which nothing is checked.",
		"Run the check for every request that is validated; leave out only operations that take no token."}
	NeverRefuses = Rule{"check-never-refuses", "The check does not refuse what the logout stores",
		"The logout is written down and looked up, and what is found is not what the check wants: a logged-out token goes through. In C#, == between an object and a string compares references.",
		"Compare with what is stored, cast to string; or refuse whenever an entry is found."}
	ResponseCache = Rule{"response-cache-first", "The response cache answers before the check",
		"An answer from the cache ends the pipeline: a logged-out token is served what was cached, until it expires there.",
		"Put cache-lookup behind the check."}
	Removed = Rule{"revocation-removed", "Something takes revocations away",
		"What the logout stored is removed before the token expires: from then on the logged-out token works again.",
		"Let the entry expire with the token, and name a token by what no other token has."}
	SecondLookup = Rule{"second-lookup", "The look-up stands where the documentation does not allow it",
		"Microsoft documents that cache-lookup-value is used once in a section, and not in a fragment. What another one does is not published: if it finds nothing, logged-out tokens go through.",
		"Keep one cache-lookup-value in each section, in the document itself; or try it on a service with revocheck probe."}
	LimitsAll = Rule{"limit-of-subscription", "The limit counts the subscription, not the token",
		"rate-limit and quota know no token: they record no logout, and lock the subscription's other users out of it.",
		"Use quota-by-key or rate-limit-by-key, keyed by the token."}
)

// Rules are all rules, in the order of their documentation.
func Rules() []Rule {
	return []Rule{
		ShortWindow, AnchoredQuota, LongPeriod, RawHeader, RawToken, UnverifiedKey, EmptyKey, SharedKey, BeforeValidation,
		MixedParameters, SharedCounter, NoCounters, FailsOpen, VolatileCache, NoLogout, NoCheck, Bypassed,
		SingleIncrement, FailedLogout, AfterBackend, Skipped, NeverRefuses, ResponseCache, Removed, SecondLookup, LimitsAll, NotJudged,
	}
}
