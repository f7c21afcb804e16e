package forgery

import (
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/scenarios"
)

var remoteKey = scenario("remote-key",
	"A token does not say where its key is",
	"A token that names a place for its own key (jku, x5u) must not be accepted.",
	"Ignore jku and x5u, or allow a fixed list of URLs.",
	func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		keys := serveKeys(p, forgery.RemoteKeySet(t.Raw))
		defer keys.close()
		notAccepted(p, t, fakes(forgery.RemoteKey(t.Raw, keys.url)))
		p.Call(t, scenarios.WantAccepted)
		if n := keys.asked.Load(); n > 0 {
			p.Note("the gateway asked for the key at the address that the token named (%d times), and did not use it", n)
		}
	}, "RFC 8725 section 3.10", "CWE-918")

// keyServer has the attacker's keys, for a gateway on the suite's own machine.
type keyServer struct {
	url   string
	asked atomic.Int64
	close func()
}

// serveKeys listens on the loopback interface; where that cannot be done there
// is nowhere to find a key.
func serveKeys(p *scenarios.Play, set []byte) *keyServer {
	at := &keyServer{url: forgery.Nowhere, close: func() {}}
	if p.Planning() {
		return at
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.Note("no keys could be served: %v", err)
		return at
	}
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		at.asked.Add(1)
		w.Header().Set("Content-Type", "application/jwk-set+json")
		_, _ = w.Write(set)
	})}
	go func() { _ = server.Serve(l) }()
	at.url, at.close = "http://"+l.Addr().String()+"/keys", func() { _ = server.Close() }
	return at
}
