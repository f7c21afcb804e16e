package loadgen

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Schema is the version of the JSON form of a Result. It changes when a
// reader of the old form would misread the new one.
const Schema = 1

// Kind marks the JSON form of a Result, so that a reader of stored runs tells
// it from a conformance run.
const Kind = "revocheck-bench"

// Result is all that a bench found. Times are milliseconds where the name says
// so, and wall-clock moments are RFC 3339.
type Result struct {
	Schema  int       `json:"schema"`
	Kind    string    `json:"kind"`
	Tool    Tool      `json:"tool"`
	Started time.Time `json:"started"`
	TookMs  float64   `json:"took_ms"` // with what made it ready
	// MeasuredMs is how long the alternating slices took.
	MeasuredMs float64    `json:"measured_ms"`
	Setup      Setup      `json:"setup"`
	Baseline   SideRecord `json:"baseline"`
	Subject    SideRecord `json:"subject"`
	Control    SideRecord `json:"control"`
	// Overheads are the differences between subject and baseline, in the order
	// of Quantiles.
	Overheads []stats.Overhead `json:"overheads"`
	Pairs     []stats.Pair     `json:"pairs"`
	// Dropped counts the rounds left out because the generator was late.
	Dropped int `json:"dropped"`
	// Empty counts the rounds that make no pair, because a side gave no
	// answer that can be compared.
	Empty    int  `json:"empty,omitempty"`
	Reliable bool `json:"reliable"`
	// Precision says whether the asked precision was reached; nil when none
	// was asked for.
	Precision *Precision `json:"precision,omitempty"`
	// Sequential is the same comparison with one run after the other; nil when
	// it was not made.
	Sequential *Sequential `json:"sequential,omitempty"`
	// Thresholds are the limits that were set, with what became of them.
	Thresholds []limit.Threshold `json:"thresholds,omitempty"`
	// Stopped says why the run ended before its time; empty if it did not.
	Stopped string   `json:"stopped,omitempty"`
	Notes   []string `json:"notes,omitempty"`
}

// Tool identifies the program that measured and the machine it ran on.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	CPUs    int    `json:"cpus"`
}

// Setup is how the load was made.
type Setup struct {
	Rate        string  `json:"rate"` // calls a second, in the form of ParseSchedule
	DurationMs  float64 `json:"duration_ms"`
	SliceMs     float64 `json:"slice_ms"`
	Mix         string  `json:"mix"`
	Seed        uint64  `json:"seed"`
	Storm       float64 `json:"storm,omitempty"` // logouts a second
	TimeoutMs   float64 `json:"timeout_ms"`
	MaxInFlight int     `json:"max_in_flight"`
	LateMs      float64 `json:"late_ms"`
	Store       string  `json:"store,omitempty"`      // of the subject, without any URL
	Alg         string  `json:"alg,omitempty"`        // of the tokens' signatures
	Population  int     `json:"population,omitempty"` // revoked tokens in the store before the run
	Replicas    int     `json:"replicas,omitempty"`
}

// SideRecord is what was recorded of one side. Its histograms hold the calls
// that count for the comparison.
type SideRecord struct {
	Name     string          `json:"name"`
	Tally    Tally           `json:"tally"`
	FromDue  stats.Histogram `json:"latency_from_due"`
	FromSend stats.Histogram `json:"latency_from_send"`
	Timeline Timeline        `json:"timeline"`
	// LateCalls counts the calls that the generator itself sent late.
	LateCalls uint64 `json:"late_calls"`
	// Full counts the slices in which as many calls as allowed were waiting.
	Full int `json:"full_slices,omitempty"`
	// Outages are the first stretches in which calls got no answer.
	Outages []Outage `json:"outages,omitempty"`
}

// Precision is how sure the run was asked to be and how sure it got: the
// half-width of the interval of p50, as a part of the baseline's p50.
type Precision struct {
	Asked   float64 `json:"asked"`
	Got     float64 `json:"got"`
	Reached bool    `json:"reached"`
}

func (p Precision) String() string {
	switch {
	case p.Got < 0:
		return fmt.Sprintf("precision of %s NOT REACHED: too few pairs", limit.Percent(p.Asked))
	case p.Reached:
		return fmt.Sprintf("precision of %s reached: half-width of p50 is %.1f%% of the baseline", limit.Percent(p.Asked), 100*p.Got)
	}
	return fmt.Sprintf("precision of %s NOT REACHED: half-width of p50 is %.1f%% of the baseline", limit.Percent(p.Asked), 100*p.Got)
}
