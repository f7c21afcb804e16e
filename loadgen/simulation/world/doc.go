// Package world is one replication of one strategy: users, thieves, regions and
// what happens to stores, event by event in virtual time. What is decided about
// a token is decided by a Decider, which is the gateway's own code.
//
// A world begins in steady state: as many users are logged in as at that time of
// any day, their tokens have the ages that they would have, and what earlier
// logouts left behind is in the store. Else early events would be cheap, and
// every figure biased.
package world
