// Package report holds the records of a run and the writers that render them.
//
// The runner emits records and every writer renders the same ones, so that
// the terminal, a CI system and an auditor read one truth. The package knows
// no scenario and no target.
package report
