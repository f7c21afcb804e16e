package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/session"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// Site is what the replicas of a deployment share, and what a restart of one
// of them does not lose.
type Site struct {
	Config  Config
	Keys    *token.Keys
	List    store.List // of the tokens that were ended
	Backend Backend
	Book    *session.Book // of what came of each login; nil unless sessions are kept
	Events  Events        // what a fault does when something happens to the store

	sessions store.Sessions // nil unless the strategy needs it
	hearsay  *hearsay       // what replicas that hear late know of each other's entries
}

// Process is one running gateway: everything a restart loses. Its parts are
// functions that look each other up when they are called, so that a fault can
// replace any one of them and leave the others alone.
type Process struct {
	*Site
	Link     *store.Breakable // the way to the store of this process's replica
	List     store.List       // the list behind the link; it may be replaced on its own
	Strategy strategy.Strategy
	metrics  *metrics

	handle  http.HandlerFunc                                       // every request, before it is routed
	Open    func(path string, h http.HandlerFunc) http.HandlerFunc // wraps the handler of an open route
	Login   http.HandlerFunc
	Logout  http.HandlerFunc
	Protect http.HandlerFunc // every path that is not open

	Find        func(*http.Request) (Credential, error) // reads the token of a request
	Verify      func(Credential) (*token.Token, error)  // its signature and claims
	Admit       func(*http.Request) (*Call, error)      // Find, Verify and Check in one
	AdmitLogout func(*http.Request) (*Call, error)      // Find and Verify of a logout
	Check       func(context.Context, *Call) error      // ErrRevoked for a token that was ended
	End         func(context.Context, *Call) error      // ends a token
	Issued      func(context.Context, *Call) error      // records a token that was just signed
	Key         func(*Call) string                      // under which a store knows the token
	Introspect  http.HandlerFunc
	Stream      http.HandlerFunc
	Watch       func(*Call) func(context.Context) error    // what a stream asks before each event
	Active      func(*http.Request, string) (*Call, error) // a token as the introspection sees it
	TTL         func(*token.Token) time.Duration           // how long what is recorded of a token is kept

	AdmitRefresh func(*http.Request) (*Call, error) // of a refresh by the access token itself
	Renew        Renewal                            // buys a token with a refresh token
	SessionsWith func(*session.Session) []*session.Session
	SessionsOf   func(user string) []*session.Session // that a sign-out everywhere ends

	Forward func(http.ResponseWriter, *http.Request, *Call)
	Refuse  func(http.ResponseWriter, *http.Request, error)
	Log     func(r *http.Request, status int) // nil: nothing is logged
}

// Renewal buys a token that issue issues, and gives the next refresh token.
type Renewal func(refresh string, issue func(user string) (session.Access, error)) (session.Access, string, error)

// Replica names the process's replica, through restarts.
func (p *Process) Replica() string { return fmt.Sprintf("%p", p.Link) }

// newProcess assembles the sound gateway.
func newProcess(s *Site, link *store.Breakable) *Process {
	p := &Process{Site: s, Link: link, List: link, metrics: newMetrics()}
	if p.Config.Propagation > 0 {
		p.List = s.HearsLate(p, p.Config.Propagation, time.Now)
	}
	p.Key = func(c *Call) string { return strategy.TokenKey(c.Token) }
	p.TTL = func(t *token.Token) time.Duration { return strategy.Remaining(t, p.Now(), p.Config.Leeway) }
	p.Strategy = strategy.New(p.Config.Strategy, p.Resources())
	if p.Config.MarkStore {
		p.Strategy = strategy.Marked(p.Strategy, p.Resources())
	}
	p.Find = finder(p.Config)
	verifier := token.NewVerifier(p.Keys, p.Rules())
	p.Verify = func(c Credential) (*token.Token, error) { return verifier.Verify(c.Raw) }
	p.AdmitLogout = p.Identify
	p.Admit, p.Check, p.End, p.Issued = p.AdmitCall, p.CheckStore, p.endSession, p.recordToken
	p.AdmitRefresh, p.SessionsWith = p.Admit, p.sessionsWith
	if p.Book != nil {
		p.Renew = p.Book.Renew
		p.SessionsOf = func(user string) []*session.Session { return p.Book.All(session.OfUser(user)) }
	}
	if p.Config.Posture == PostureOpen {
		p.Check = p.checkIfPossible
	}
	p.Active, p.Introspect = p.ActiveNow, p.serveIntrospection
	p.Stream, p.Watch = p.serveStream, p.WatchToken
	if p.Config.IntrospectionWindow > 0 {
		p.Active = p.KeepActive(p.Config.IntrospectionWindow)
	}
	p.Login, p.Logout, p.Protect = p.serveLogin, p.serveLogout, p.serveProtected
	p.Open = func(_ string, h http.HandlerFunc) http.HandlerFunc { return h }
	p.Forward, p.Refuse, p.Log = newProxy(p.Backend), p.serveRefusal, newAccessLog(p.Config)
	p.handle = p.newRouter()
	return p
}

// Now is the time by the clock of the deployment.
func (p *Process) Now() time.Time { return p.Config.Clock.Now() }

// Rules are what a token must keep to be accepted.
func (p *Process) Rules() token.Rules {
	return token.Rules{
		Issuer: Issuer, Audience: Audience, Leeway: p.Config.Leeway, Now: p.Now,
		AllowNoExp:   p.Config.AllowNoExp,
		TrailingBits: p.Config.Lenient.Base64, Padding: p.Config.Lenient.Padding,
	}
}

// ServeHTTP answers a request and writes it to the access log.
func (p *Process) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p.Config.CloseConnections {
		w.Header().Set("Connection", "close")
	}
	if p.Log == nil {
		p.handle(w, r)
		return
	}
	seen := &statusWriter{ResponseWriter: w}
	p.handle(seen, r)
	p.Log(r, seen.status())
}

// CheckStore asks the strategy about the token of a call, as Check does in a
// sound gateway.
func (p *Process) CheckStore(ctx context.Context, c *Call) error {
	defer since(time.Now(), p.metrics.check)
	ctx, cancel := context.WithTimeout(ctx, p.Config.StoreTimeout)
	defer cancel()
	alive, err := p.Strategy.Alive(ctx, p.session(c))
	if err == nil && !alive {
		return ErrRevoked
	}
	return err
}

// checkIfPossible serves a call whose token the store cannot tell of.
func (p *Process) checkIfPossible(ctx context.Context, c *Call) error {
	if err := p.CheckStore(ctx, c); errors.Is(err, ErrRevoked) {
		return err
	}
	return nil
}

func (p *Process) endToken(ctx context.Context, c *Call) error {
	defer since(time.Now(), p.metrics.end)
	// A user who closes the tab while logging out still wants to be out.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.Config.StoreTimeout)
	defer cancel()
	return p.Strategy.End(ctx, p.session(c))
}

func (p *Process) recordToken(ctx context.Context, c *Call) error {
	ctx, cancel := context.WithTimeout(ctx, p.Config.StoreTimeout)
	defer cancel()
	return p.Strategy.Issued(ctx, p.session(c))
}
