// Package simulation compares strategies under the same load as a bench does, but
// in virtual time: a day of a million users in minutes.
//
// A Strategy comes in by an interface, world.Decider, behind which the gateway's
// own code decides. Everything else is a model, and the result says so. Run plays
// each strategy in worlds of its own, one a replication, with the same random
// numbers for all strategies, and joins what they counted into an outcome.Study.
package simulation
