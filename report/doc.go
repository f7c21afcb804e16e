// Package report holds the records of a run: their verdicts, the conclusion
// that they support, their JSON form, and how two runs are merged or compared.
//
// The runner emits records and every writer renders the same ones, so that
// the terminal, a CI system and an auditor read one truth. A writer is a package
// of its own below this one: terminal, junit, markdown. The package knows no
// scenario and no target. It is stable.
package report
