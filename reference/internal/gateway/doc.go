// Package gateway is the reference gateway as an http.Handler: login, logout,
// the check of each call, and forwarding, in replicas that share keys, store,
// clock and backend. It knows nothing of planted faults. They change a Site,
// which replicas share, or replace parts of a Process, one running replica.
package gateway
