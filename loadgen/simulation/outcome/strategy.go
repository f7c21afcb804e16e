package outcome

// Strategy is what one strategy did with the workload.
type Strategy struct {
	Name string `json:"name"`
	// Label tells apart two settings of one strategy; it is the name where there
	// is one.
	Label    string  `json:"label"`
	Settings []Row   `json:"settings,omitempty"`
	Lifetime float64 `json:"lifetime_s"` // of its tokens; short-expiry has its own
	// Scope is what a logout ends: "nothing", "token" or "user".
	Scope string `json:"scope"`

	Exposure Exposure `json:"exposure"`
	// Success is the share of thefts with at least one accepted replay after the
	// acknowledged logout.
	Success Share `json:"success"`
	// Calls are all that were made: the users' and the thieves'.
	Calls float64 `json:"calls"`
	// Leaks are accepted calls after an acknowledged logout, OverBlocks refused
	// calls with live tokens while the store could be asked.
	Leaks      PerMillion `json:"leaks"`
	OverBlocks PerMillion `json:"over_blocks"`
	// Siblings are calls refused because the user logged out elsewhere, where a
	// logout ends all sessions: the user logs in again.
	Siblings PerMillion `json:"siblings"`
	// Unavailable are users' calls refused because the store could not be asked,
	// Unasked those that were let through for it.
	Unavailable PerMillion `json:"unavailable"`
	Unasked     PerMillion `json:"unasked"`
	// RefusedLogouts and RefusedLogins are answered with an error, because the
	// store could not be asked: the token lives on, or was not issued.
	RefusedLogouts Share `json:"refused_logouts"`
	RefusedLogins  Share `json:"refused_logins"`

	List  List  `json:"list"`
	Store Store `json:"store"`
	// Timeline is the run in slots of equal length: what an outage did.
	Timeline []Slot `json:"timeline"`
	// Checks hold what was simulated against a formula.
	Checks []Check `json:"checks,omitempty"`
}

// Exposure is for how long stolen tokens could be used after their logouts.
type Exposure struct {
	// Thefts is how many stolen tokens were watched, over all replications. A
	// token counts if its user logged out before it expired and the logout was
	// acknowledged.
	Thefts int `json:"thefts"`
	// Zero is the share of them that never worked again.
	Zero Interval `json:"zero"`
	// Mean is the time for which a call would have been accepted, in seconds. Time
	// in which the token was refused does not count, also if it worked again.
	Mean Interval `json:"mean_s"`
	// Window is from the logout to the last moment at which a call would have been
	// accepted, in seconds.
	Window Interval `json:"window_s"`
	// Given is the mean of those that worked at all, in seconds.
	Given Interval `json:"given_s"`
	// Quantiles over all replications, in seconds.
	Median float64 `json:"median_s"`
	P95    float64 `json:"p95_s"`
	Max    float64 `json:"max_s"`
	// CDF is the share of thefts whose exposure is at most so long; the first point
	// is at 0. Band is the half width of its 95 % band (Dvoretzky, Kiefer,
	// Wolfowitz), as a share.
	CDF  []Point `json:"cdf"`
	Band float64 `json:"band"`
	// Unended are stolen tokens whose logout was refused: they are not in the
	// figures above, since nobody was told that they had ended.
	Unended int `json:"unended"`
	// Forgotten are stolen tokens whose users never logged out: no strategy ends
	// them before they expire. They are not in the figures above either.
	Forgotten int `json:"forgotten"`
	// ForgottenLeft is the mean rest of their lives when the session ended, in
	// seconds.
	ForgottenLeft float64 `json:"forgotten_left_s"`
}

// Point is a point of a distribution.
type Point struct {
	Seconds float64 `json:"s"`
	Share   float64 `json:"share"`
}

// Share is a part of a number of things.
type Share struct {
	Interval
	Count float64 `json:"count"` // over all replications, as simulated
	Of    float64 `json:"of"`
	// Most is the largest share that a count of 0 leaves possible, at 95 %: 3 in
	// Of. It is 0 where something was counted.
	Most float64 `json:"most,omitempty"`
}

// PerMillion is a number of calls in a million calls.
type PerMillion struct {
	Interval
	Count float64 `json:"count"` // over all replications, as simulated
	// Most is the largest rate that a count of 0 leaves possible, at 95 %. It is 0
	// where something was counted.
	Most float64 `json:"most,omitempty"`
}

// List is what a strategy keeps of tokens: entries of a deny-list, cut-offs,
// counters or sessions.
type List struct {
	// What names an entry, such as "revoked tokens" or "sessions"; empty for a
	// strategy that keeps nothing.
	What string   `json:"what,omitempty"`
	Mean Interval `json:"mean"` // entries
	Peak Interval `json:"peak"` // entries
	// EntryBytes is what one entry takes, measured in Redis or the store that is
	// named; 0 if not known.
	EntryBytes float64  `json:"entry_bytes"`
	Bytes      Interval `json:"bytes"` // at the peak
	Levels     []Level  `json:"levels,omitempty"`
}

// Level is how many entries there were at one time.
type Level struct {
	At      float64  `json:"at_s"` // since the start
	Entries Interval `json:"entries"`
	// Formula is what Little's law gives; 0 where it gives nothing.
	Formula float64 `json:"formula,omitempty"`
}

// Store is what the strategy asks of its store and of the network, a second.
type Store struct {
	Reads      Interval `json:"reads"`
	Writes     Interval `json:"writes"`
	ReadsPeak  Interval `json:"reads_peak"`  // in the busiest slot
	WritesPeak Interval `json:"writes_peak"` // in the busiest slot
	// Messages go from one region to another, in the busiest slot; Bandwidth is
	// what they take, in bytes.
	Messages  Interval `json:"messages"`
	Bandwidth Interval `json:"bandwidth"`
}

// Slot is what happened in a part of the run, on average over the replications.
type Slot struct {
	At             float64 `json:"at_s"` // since the start
	Length         float64 `json:"length_s"`
	Live           float64 `json:"live"` // sessions at its end
	Calls          float64 `json:"calls"`
	Leaks          float64 `json:"leaks"`
	OverBlocks     float64 `json:"over_blocks"`
	Unavailable    float64 `json:"unavailable"`
	Unasked        float64 `json:"unasked"`
	Logins         float64 `json:"logins"`
	RefusedLogins  float64 `json:"refused_logins"`
	Logouts        float64 `json:"logouts"`
	RefusedLogouts float64 `json:"refused_logouts"`
	Reads          float64 `json:"reads"`
	Writes         float64 `json:"writes"`
	Entries        float64 `json:"entries"` // at its end
}
