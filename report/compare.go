package report

import "slices"

// Comparison sets runs side by side: one row each, one column a group.
type Comparison struct {
	Runs []NamedRun
}

// NamedRun is a run under the name that its row has, such as a strategy's.
type NamedRun struct {
	Name string
	Run  Run
	// Numbers were measured beside the run, such as the overhead of its
	// check. Numbers of the same name share a column.
	Numbers []Number
	// Posture is what the target does, by its own account, while its store is away:
	// "closed" or "open"; empty if it does not say.
	Posture string
}

// Row is one line of a comparison, worked out.
type Row struct {
	Name       string            `json:"name"`
	Conclusion Conclusion        `json:"conclusion"`
	Groups     map[string]Counts `json:"groups"`
	Total      Counts            `json:"total"`
	Numbers    []Number          `json:"numbers,omitempty"`
	// LeakWindow is the longest that was measured; nil if none was.
	LeakWindow *Number `json:"leak_window,omitempty"`
	Posture    string  `json:"posture,omitempty"`
	// Worst is the most telling finding in a few words, and WorstID its
	// scenario; both are empty if there is none.
	Worst   string `json:"worst,omitempty"`
	WorstID string `json:"worst_id,omitempty"`
}

// Groups lists the groups of all runs, each where it first appears.
func (c Comparison) Groups() []string {
	var names []string
	for _, run := range c.runs() {
		for _, g := range run.Run.Groups() {
			if !slices.Contains(names, g.Name) {
				names = append(names, g.Name)
			}
		}
	}
	return names
}

// Rows works out the rows, in the order of the runs.
func (c Comparison) Rows() []Row {
	return append([]Row{}, each(c.runs(), rowOf)...)
}

// runs are the runs as they read once they were stored.
func (c Comparison) runs() []NamedRun {
	return each(c.Runs, func(n NamedRun) NamedRun {
		n.Name, n.Posture, n.Run = validUTF8(n.Name), validUTF8(n.Posture), n.Run.AsStored()
		n.Numbers = each(n.Numbers, func(m Number) Number { return m.mapTexts(validUTF8) })
		return n
	})
}

func rowOf(n NamedRun) Row {
	row := Row{
		Name:       n.Name,
		Conclusion: n.Run.Worst(),
		Groups:     map[string]Counts{},
		Total:      Count(n.Run.Records, n.Run.Strict),
		Numbers:    n.Numbers,
		Posture:    n.Posture,
		LeakWindow: leakWindow(n.Run),
	}
	for _, g := range n.Run.Groups() {
		row.Groups[g.Name] = Count(g.Records, n.Run.Strict)
	}
	if id, text, found := worstFinding(n.Run); found {
		row.WorstID, row.Worst = id, clause(text)
	}
	return row
}

// measures lists the names of the numbers of all runs.
func (c Comparison) measures() []string {
	var names []string
	for _, run := range c.runs() {
		for _, n := range run.Numbers {
			names = union(names, []string{n.Name})
		}
	}
	return names
}

// leakWindow is the longest time after an acknowledged logout for which a scenario
// measured a token to be accepted.
func leakWindow(r Run) (longest *Number) {
	for _, rec := range r.Records {
		for i, n := range rec.Numbers {
			if n.Name == "leak window max" && (longest == nil || n.Value > longest.Value) {
				longest = &rec.Numbers[i]
			}
		}
	}
	return longest
}
