package reference

import (
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/session"
)

// Config describes a gateway, and Lenient what it reads more than it must. The
// zero values are sound. Their fields stand in internal/gateway/config.go.
type (
	Config  = gateway.Config
	Lenient = gateway.Lenient
)

// Sessions says what a gateway offers beside login, call and logout:
// Config.Sessions.
type Sessions = session.Rules

// RefreshCookie is the cookie that may have the refresh token, and LogoutAllUser
// the user whose sessions a sign-out everywhere may end.
const (
	RefreshCookie = gateway.RefreshCookie
	LogoutAllUser = gateway.LogoutAllUser
)

// ClientOf is the client that a user's tokens are issued to.
func ClientOf(user string) (id, secret string) { return gateway.ClientOf(user) }

// Deployment is one gateway in several replicas.
type Deployment = gateway.Deployment

// Issuer and Audience are the iss and aud of every token (RFC 7519, sections
// 4.1.1 and 4.1.3).
const (
	Issuer   = gateway.Issuer
	Audience = gateway.Audience
)

// What a gateway does while its store cannot be asked: Config.Posture.
const (
	PostureClosed = gateway.PostureClosed
	PostureOpen   = gateway.PostureOpen
)

// What a logout ends: Config.LogoutScope.
const (
	ScopeToken = gateway.ScopeToken
	ScopeUser  = gateway.ScopeUser
)

// IntrospectionPath is where an introspection is, and IntrospectionClient with
// IntrospectionSecret who may ask. They protect nothing.
const (
	IntrospectionPath   = gateway.IntrospectionPath
	IntrospectionClient = gateway.IntrospectionClient
	IntrospectionSecret = gateway.IntrospectionSecret
)

// StreamPath is where a stream is.
const StreamPath = gateway.StreamPath

// MinLifetime is the shortest lifetime that a login grants.
const MinLifetime = gateway.MinLifetime

// DefaultUsers are the demonstration users and their passwords. They protect
// nothing.
func DefaultUsers() map[string]string { return gateway.DefaultUsers() }
