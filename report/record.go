// Package report holds the records of a run: their verdicts, the conclusion
// that they support, their JSON form, and how two runs are merged or compared.
//
// The runner emits records and every writer renders the same ones, so that
// the terminal, a CI system and an auditor read one truth. A writer is a package
// of its own below this one: terminal, junit, markdown. The package knows no
// scenario and no target. It is stable.
package report

import "time"

// Schema is the version of the JSON form of a Run. It changes when a reader
// of the old form would misread the new one.
const Schema = 1

// Run is all that is known of one run of the suite: what was tested, what was
// claimed, what came out. Writers render it; none of them adds to it.
type Run struct {
	Schema     int        `json:"schema"`
	Tool       Tool       `json:"tool"`
	Subject    Subject    `json:"subject"`
	Profile    string     `json:"profile"`
	Seed       uint64     `json:"seed"`
	Started    time.Time  `json:"started"`
	Duration   Duration   `json:"duration_ms"`
	Conclusion Conclusion `json:"conclusion"`
	// Counts are those of the records, in the stored form; AsStored works them out.
	Counts *Counts `json:"counts,omitempty"`
	// Causes explain the failures, worst first; WithCauses works them out.
	Causes []Cause `json:"causes,omitempty"`
	// Why says in one sentence what decided the conclusion.
	Why string `json:"why,omitempty"`
	// Unproven names what the profile leaves without proof, such as retention:
	// what could show it stands in LeftOut. Empty if the profile proves all that it plays.
	Unproven string `json:"unproven,omitempty"`
	// LeftOut lists the scenarios that the target claims and the profile does not
	// play. They are no gaps: the profile claims that much less.
	LeftOut []string `json:"left_out,omitempty"`
	// Ended says why the run ended before all was done, such as an interrupt;
	// empty if it did not.
	Ended string `json:"ended,omitempty"`
	// Operator is who ran it, as they call themselves.
	Operator string `json:"operator,omitempty"`
	// Strict: a failed should or may counts as a failure.
	Strict bool `json:"strict,omitempty"`
	// Gaps are facts that keep the run from being conformant although no
	// record says so, such as core scenarios left out by a selection.
	Gaps []string `json:"gaps,omitempty"`
	// Omitted lists the scenarios that bind the target and that a selection
	// left out. Each is a gap until a merge with another run fills it.
	Omitted []string `json:"omitted,omitempty"`
	// NotClaimed lists the capabilities that the target does not declare and
	// that some scenario would have needed.
	NotClaimed []string `json:"not_claimed,omitempty"`
	// Notes are facts about the whole run that a reader of the verdicts needs,
	// such as a measured clock skew or a wait that was cut short.
	Notes []string `json:"notes,omitempty"`
	// Baseline is what was expected of the run; nil if nothing was.
	Baseline *Baseline `json:"baseline,omitempty"`
	// Declared says where the target file declares what failures can be about;
	// empty for a target without one.
	Declared []Declaration `json:"declared,omitempty"`
	Records  []Record      `json:"records"`
}

// Tool identifies the program that made the run.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Go      string `json:"go,omitempty"`
}

// Subject identifies the target that was tested. It never holds a secret.
type Subject struct {
	Name      string            `json:"name"`
	Kind      string            `json:"kind"` // "reference", "remote" or "handler"
	Endpoints []string          `json:"endpoints,omitempty"`
	Details   map[string]string `json:"details,omitempty"` // strategy, store, algorithm, fault ...
}

// Record is the outcome of one scenario, with the evidence for it.
type Record struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Level       Level    `json:"level"`
	Core        bool     `json:"core"`
	Requirement string   `json:"requirement"`
	Refs        []string `json:"refs,omitempty"`
	Needs       []string `json:"needs,omitempty"`
	Verdict     Verdict  `json:"verdict"`
	// Why says what decided the verdict; it is never empty unless the verdict
	// is a pass.
	Why string `json:"why,omitempty"`
	// Leak is set on a failure at which a token was accepted after its logout had
	// been acknowledged and before its exp, outside every window that the target
	// declares. It counts as a failed must, whatever the level.
	Leak bool `json:"leak,omitempty"`
	// Fix says what usually causes this failure and how to mend it.
	Fix string `json:"fix,omitempty"`
	// Finding is what a failed scenario saw; nil if only Why says it.
	Finding *Finding `json:"finding,omitempty"`
	// Cause is the ID of the cause that explains the failure.
	Cause string `json:"cause,omitempty"`
	// Reached is false if the scenario broke at a step which a more basic one
	// found broken, so that it says nothing about its own requirement.
	Reached *bool `json:"reached,omitempty"`
	// Undeclared is set on a notrun whose reason is a capability that the
	// target does not declare.
	Undeclared string `json:"undeclared,omitempty"`
	// TooLong is set on a notrun whose reason is the longest wait: for how long the
	// scenario would have had to wait.
	TooLong Duration `json:"too_long_ms,omitempty"`
	Source  string   `json:"source,omitempty"` // file of the script
	Steps   []Step   `json:"steps,omitempty"`
	Numbers []Number `json:"numbers,omitempty"`
	// Observed is what was learned of the target on the way, passed or not.
	Observed []string `json:"observed,omitempty"`
	Notes    []string `json:"notes,omitempty"`
	Duration Duration `json:"duration_ms"`
}

// Step is one thing that a scenario did and what came of it. Tokens appear as
// the scenario's own names and as fingerprints, never as themselves.
type Step struct {
	Line     int      `json:"line,omitempty"` // in the script
	Text     string   `json:"text"`
	Request  string   `json:"request,omitempty"`  // "GET /api/hello with T#3f2a"
	Expected string   `json:"expected,omitempty"` // "refused (401)"
	Actual   string   `json:"actual,omitempty"`   // "accepted (200)"
	At       Duration `json:"at_ms"`              // since the scenario began
	Took     Duration `json:"took_ms"`
	Count    int      `json:"count,omitempty"` // how many alike, when above one
	OK       bool     `json:"ok"`
	Note     string   `json:"note,omitempty"`
	Call     *Call    `json:"call,omitempty"`
	Span     *Span    `json:"span,omitempty"`
}

// Span is one of several requests at once, on the time line of a violation.
type Span struct {
	Client int      `json:"client"` // from 1
	What   string   `json:"what"`   // "call" or "logout"
	From   Duration `json:"from_ms"`
	Until  Duration `json:"until_ms"`
	Got    string   `json:"got"`
}
