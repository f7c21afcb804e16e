package report

import "strings"

// group holds the records of one group in the order of the run.
type group struct {
	name    string
	records []Record
}

// groupOf returns the group of a scenario: what stands before the first slash
// of its ID.
func groupOf(id string) string {
	name, _, found := strings.Cut(id, "/")
	if !found {
		return "ungrouped"
	}
	return name
}

// groupsOf gathers the records by group, each where it first appears.
func groupsOf(records []Record) []group {
	return gather(records, func(r Record) string { return groupOf(r.ID) })
}

// gather puts together the records that have the same key.
func gather(records []Record, key func(Record) string) []group {
	var groups []group
	at := map[string]int{}
	for _, r := range records {
		k := key(r)
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			groups = append(groups, group{name: k})
		}
		groups[i].records = append(groups[i].records, r)
	}
	return groups
}

// ids lists the records' IDs.
func (g group) ids() string {
	ids := make([]string, len(g.records))
	for i, r := range g.records {
		ids[i] = r.ID
	}
	return strings.Join(ids, ", ")
}
