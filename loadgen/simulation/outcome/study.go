package outcome

// Schema numbers the form of a stored Study.
const Schema = 1

// Study is the result of one simulation: several strategies under the same
// workload, with the same random numbers.
type Study struct {
	Schema   int      `json:"schema"`
	Workload Workload `json:"workload"`
	Seed     uint64   `json:"seed"`
	// Replications is how many were finished, Planned how many were asked for.
	Replications int `json:"replications"`
	Planned      int `json:"planned"`
	// Partial is true of a study that was ended early; Why says by what.
	Partial bool   `json:"partial,omitempty"`
	Why     string `json:"why,omitempty"`
	// Answer says in one sentence which strategy to take, and why.
	Answer     string     `json:"answer"`
	Strategies []Strategy `json:"strategies"`
	// Differences are of each strategy against the first, paired by replication.
	Differences []Difference `json:"differences,omitempty"`
	// Sensitivity comes with what moves the exposure most first.
	Sensitivity []Sensitivity `json:"sensitivity,omitempty"`
	// OwnCode says what ran as it does in the gateway, Modelled what is a model.
	OwnCode  []string `json:"own_code"`
	Modelled []string `json:"modelled"`
}

// Workload is a summary of what was simulated.
type Workload struct {
	Name  string `json:"name"`
	About string `json:"about,omitempty"`
	File  string `json:"file,omitempty"`
	// Users is the population, of which one in Sample was simulated.
	Users   float64 `json:"users"`
	Sample  float64 `json:"sample"`
	Regions int     `json:"regions"`
	// Span is how much virtual time was watched, in seconds, from Start seconds
	// after midnight.
	Span  float64 `json:"span_s"`
	Start float64 `json:"start_s"`
	// Lifetime and Leeway are those of a token, in seconds.
	Lifetime float64 `json:"lifetime_s"`
	Leeway   float64 `json:"leeway_s"`
	// Theft says by which law tokens are stolen, and where thieves replay them.
	Theft string `json:"theft"`
	// Window is the longest exposure that the workload declares to be tolerable,
	// in seconds; 0 if it declares none.
	Window float64 `json:"window_s,omitempty"`
	// Rows are the settings in words, such as {"session", "30 min on average"}.
	Rows []Row `json:"rows"`
	// Events is what happened on the way, in the order of time.
	Events []Event `json:"events,omitempty"`
}

// Row is one setting in words.
type Row struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Event is something that happened at a set time, such as an outage.
type Event struct {
	At    float64 `json:"at_s"`              // since the start
	Until float64 `json:"until_s,omitempty"` // since the start; 0 for what takes no time
	Text  string  `json:"text"`
}

// Interval is a mean over replications with its 95 % confidence interval, by
// Student's t. With fewer than two replications Lo and Hi are the mean.
type Interval struct {
	Mean float64 `json:"mean"`
	Lo   float64 `json:"lo"`
	Hi   float64 `json:"hi"`
	N    int     `json:"n"` // replications
}

// Valid reports whether there is an interval and not the mean alone.
func (i Interval) Valid() bool { return i.N >= 2 }

// Holds reports whether the interval covers v.
func (i Interval) Holds(v float64) bool { return i.Lo <= v && v <= i.Hi }
