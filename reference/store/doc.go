// Package store keeps what a gateway must remember about revoked tokens: a
// list of keys with an end, and a generation for each user. It has stores in
// memory, in Redis and in SQL, which all pass one contract test.
//
// A store never guesses: what it could not ask or could not write is an
// error, and it is up to the gateway to refuse.
package store
