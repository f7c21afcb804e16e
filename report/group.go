package report

import "strings"

// Group holds records that belong together, in the order of the run.
type Group struct {
	Name    string
	Records []Record
}

// GroupOf returns the group of a scenario: what stands before the first slash
// of its ID.
func GroupOf(id string) string {
	name, _, found := strings.Cut(id, "/")
	if !found {
		return "ungrouped"
	}
	return name
}

// Groups gathers the run's records by the group of their ID, each group where
// it first appears.
func (r Run) Groups() []Group {
	return GroupBy(r.Records, func(r Record) string { return GroupOf(r.ID) })
}

// GroupBy puts together the records that have the same key, each group where it
// first appears.
func GroupBy(records []Record, key func(Record) string) []Group {
	var groups []Group
	at := map[string]int{}
	for _, r := range records {
		k := key(r)
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			groups = append(groups, Group{Name: k})
		}
		groups[i].Records = append(groups[i].Records, r)
	}
	return groups
}

// IDs lists the records' IDs, with commas between them.
func (g Group) IDs() string {
	ids := make([]string, len(g.Records))
	for i, r := range g.Records {
		ids[i] = r.ID
	}
	return strings.Join(ids, ", ")
}
