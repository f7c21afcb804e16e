package forgery

import "github.com/revocheck/revocheck/fixtures/forgery"

var remoteKey = scenario("remote-key",
	"A token does not say where its key is",
	"A token that names a place for its own key (jku, x5u) must not be accepted.",
	"Ignore jku and x5u, or allow a fixed list of URLs.",
	refused(func(token string) []forgery.Forgery { return forgery.RemoteKey(token, forgery.Nowhere) }),
	"RFC 8725 section 3.10", "CWE-918")
