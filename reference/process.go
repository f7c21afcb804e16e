package reference

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// site is what the replicas of a deployment share, and what a restart of one
// of them does not lose.
type site struct {
	cfg      Config
	keys     *token.Keys
	list     store.List
	sessions store.Sessions // nil unless the strategy needs it
	backend  backend
	events   events
	// made is what replicas that hear late know of each other's entries.
	made *sync.Map
}

// process is one running gateway: everything a restart loses. Its parts are
// functions that look each other up when they are called, so that a fault can
// replace any one of them and leave the others alone.
type process struct {
	*site
	// link is the way to the store of this process's replica.
	link *store.Breakable
	// list is the one behind the link, and may be replaced on its own.
	list     store.List
	strategy strategy.Strategy
	metrics  *metrics

	handle  http.HandlerFunc // every request, before it is routed
	open    func(path string, h http.HandlerFunc) http.HandlerFunc
	login   http.HandlerFunc
	logout  http.HandlerFunc
	protect http.HandlerFunc // every path that is not open

	find   func(*http.Request) (credential, error)
	verify func(credential) (*token.Token, error)
	admit  func(*http.Request) (*call, error) // find, verify and check in one
	// leaving reads the token of a logout.
	leaving func(*http.Request) (*call, error)
	check   func(context.Context, *call) error
	end     func(context.Context, *call) error
	issued  func(context.Context, *call) error
	key     func(*call) string
	ttl     func(*token.Token) time.Duration

	forward func(http.ResponseWriter, *http.Request, *call)
	refuse  func(http.ResponseWriter, *http.Request, error)
	log     func(*http.Request, int)
}

// newProcess assembles the sound gateway.
func newProcess(s *site, link *store.Breakable) *process {
	p := &process{site: s, link: link, list: link, metrics: newMetrics()}
	if p.cfg.Propagation > 0 {
		p.list = s.hears(p, p.cfg.Propagation, time.Now)
	}
	p.key = func(c *call) string { return strategy.TokenKey(c.token) }
	p.ttl = func(t *token.Token) time.Duration { return strategy.Remaining(t, p.now(), p.cfg.Leeway) }
	p.strategy = strategy.New(p.cfg.Strategy, p.resources())
	if p.cfg.MarkStore {
		p.strategy = strategy.Marked(p.strategy, p.resources())
	}
	p.find = finder(p.cfg)
	verifier := token.NewVerifier(p.keys, p.rules())
	p.verify = func(c credential) (*token.Token, error) { return verifier.Verify(c.raw) }
	p.leaving = p.identify
	p.admit, p.check, p.end, p.issued = p.admitCall, p.checkStore, p.endToken, p.recordToken
	if p.cfg.Posture == PostureOpen {
		p.check = p.checkIfPossible
	}
	p.login, p.logout, p.protect = p.serveLogin, p.serveLogout, p.serveProtected
	p.open = func(_ string, h http.HandlerFunc) http.HandlerFunc { return h }
	p.forward, p.refuse, p.log = newProxy(p.backend), p.serveRefusal, newAccessLog(p.cfg)
	p.handle = p.newRouter()
	return p
}

func (p *process) now() time.Time { return p.cfg.Clock.Now() }

func (p *process) rules() token.Rules {
	return token.Rules{
		Issuer: Issuer, Audience: Audience, Leeway: p.cfg.Leeway, Now: p.now,
		AllowNoExp:   p.cfg.AllowNoExp,
		TrailingBits: p.cfg.Lenient.Base64, Padding: p.cfg.Lenient.Padding,
	}
}

// ServeHTTP answers a request and writes it to the access log.
func (p *process) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p.cfg.CloseConnections {
		w.Header().Set("Connection", "close")
	}
	seen := &statusWriter{ResponseWriter: w}
	p.handle(seen, r)
	p.log(r, seen.status())
}

func (p *process) checkStore(ctx context.Context, c *call) error {
	defer p.metrics.timeStore("check")()
	ctx, cancel := context.WithTimeout(ctx, p.cfg.StoreTimeout)
	defer cancel()
	alive, err := p.strategy.Alive(ctx, p.session(c))
	if err == nil && !alive {
		return errRevoked
	}
	return err
}

// checkIfPossible serves a call whose token the store cannot tell of.
func (p *process) checkIfPossible(ctx context.Context, c *call) error {
	if err := p.checkStore(ctx, c); errors.Is(err, errRevoked) {
		return err
	}
	return nil
}

func (p *process) endToken(ctx context.Context, c *call) error {
	defer p.metrics.timeStore("end")()
	// A user who closes the tab while logging out still wants to be out.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.cfg.StoreTimeout)
	defer cancel()
	return p.strategy.End(ctx, p.session(c))
}

func (p *process) recordToken(ctx context.Context, c *call) error {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.StoreTimeout)
	defer cancel()
	return p.strategy.Issued(ctx, p.session(c))
}
