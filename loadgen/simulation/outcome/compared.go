package outcome

// Difference is a strategy less another, in one figure.
type Difference struct {
	Label   string `json:"label"`
	Against string `json:"against"`
	// Figure is "exposure" (seconds) or "leaks" (in a million calls).
	Figure string   `json:"figure"`
	Paired Interval `json:"paired"`
}

// Sensitivity is what one setting does to the exposure under one strategy, with
// all others as the workload has them.
type Sensitivity struct {
	Label   string `json:"label"`   // of the strategy
	Setting string `json:"setting"` // such as "lifetime"
	Base    string `json:"base"`    // the workload's value, in words
	// Trials come in the order of their values.
	Trials []Trial `json:"trials"`
	// Spread is the largest mean exposure of the trials less the smallest, in
	// seconds: what the rank goes by.
	Spread float64 `json:"spread_s"`
}

// Trial is one value of a setting.
type Trial struct {
	Value    float64  `json:"value"` // seconds, a share or a number
	Text     string   `json:"text"`  // the value in words
	IsBase   bool     `json:"is_base,omitempty"`
	Exposure Interval `json:"exposure_s"`
	Zero     Interval `json:"zero"` // share of thefts that never worked
	// Formula is the closed form's mean exposure in seconds, where HasFormula.
	Formula    float64 `json:"formula_s,omitempty"`
	HasFormula bool    `json:"has_formula,omitempty"`
	// Exceeds marks the first value at which the mean is over the window that the
	// workload declares.
	Exceeds bool `json:"exceeds,omitempty"`
}

// Check is a simulated figure beside what a formula gives for it.
type Check struct {
	What    string   `json:"what"`
	Formula string   `json:"formula"` // as one would write it
	Want    float64  `json:"want"`
	Got     Interval `json:"got"`
	Unit    string   `json:"unit"` // "s", "entries", "/s" or "share"
	Agrees  bool     `json:"agrees"`
}
