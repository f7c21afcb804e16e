// Package reference is a minimal gateway that ends a JWT at logout, in each of
// the ways that people discuss, so that they can be compared side by side.
//
// A Deployment is one gateway in one or more replicas, which share keys,
// store, clock and backend. Each replica is an http.Handler:
//
//	POST /login                   {"user","password","expires_in"} -> {"access_token","token_type","expires_in"}
//	POST /logout                  204 once the token is ended
//	GET  /public                  open, whatever Authorization it carries
//	GET  /backend/hits            {"hits":n}: what reached the built-in backend
//	GET  /.well-known/jwks.json   the verification keys
//	GET  /healthz, /metrics       liveness and Prometheus metrics
//	POST /introspect              what has become of a token (RFC 7662), if Config.Introspection says so
//	GET  /api/events              server-sent events, if Config.Streams says so
//	any other path                protected, and forwarded to the backend
//
// The zero Config is a sound gateway: a deny-list keyed by iss and jti, HS256
// and strict parsing. Config.Fault plants one known defect in it, which is
// what a conformance suite is tested with; Variants are sound gateways that
// differ from the default, which a suite must not accuse.
package reference
