// Package scenarios is the suite's engine: what a target is and declares, what
// a scenario is, the verbs that scenarios are made of, and the runner that
// turns them into verdicts.
//
// A Scenario is a script, a text file that package script reads, or a Go function
// of a Play. Both use the same verbs. Each scenario is first played in a plan,
// where nothing is sent and every answer is the one that is wanted: a script
// whose refusals lack an acceptance before and a live control after does not
// load.
package scenarios
