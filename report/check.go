package report

import (
	"fmt"
	"math"
)

// check returns an error that names what contradicts itself in the run.
func (r Run) check() error {
	if err := r.checkSchema(); err != nil {
		return err
	}
	seen := map[string]int{}
	for i, rec := range r.Records {
		if err := rec.check(); err != nil {
			return fmt.Errorf("%s: %w", where(i, rec.ID), err)
		}
		if first, dup := seen[rec.ID]; dup {
			return fmt.Errorf("%s: records[%d] has the same id", where(i, rec.ID), first)
		}
		seen[rec.ID] = i
	}
	if want := r.Conclude(); r.Conclusion != want {
		return fmt.Errorf("the conclusion is %q, but the records support %q", r.Conclusion, want)
	}
	if want := Count(r.Records, r.Strict); r.Counts != nil && *r.Counts != want {
		return fmt.Errorf("the counts are %s, but the records are %s", r.Counts, want)
	}
	return r.checkCauses()
}

func (r Run) checkSchema() error {
	if r.Schema != Schema {
		return fmt.Errorf("schema %d is not known; this program knows %d", r.Schema, Schema)
	}
	return nil
}

func (r Record) check() error {
	if r.ID == "" {
		return fmt.Errorf("the id is missing")
	}
	for i, n := range r.Numbers {
		if math.IsNaN(n.Value) || math.IsInf(n.Value, 0) {
			return fmt.Errorf("numbers[%d] (%s) is %g, which is no measured value", i, Printable(n.Name), n.Value)
		}
	}
	return nil
}

// where names a record for people.
func where(i int, id string) string {
	if id == "" {
		return fmt.Sprintf("records[%d]", i)
	}
	return fmt.Sprintf("records[%d] (%s)", i, Printable(id))
}

// checkCauses returns an error unless each failed record points to a cause that
// explains it. A run without causes is older than they are.
func (r Run) checkCauses() error {
	explained, seen := map[string]string{}, map[string]bool{}
	for _, c := range r.Causes {
		if seen[c.ID] || len(c.Scenarios) == 0 {
			return fmt.Errorf("the cause %q stands twice, or explains nothing", Printable(c.ID))
		}
		seen[c.ID] = true
		for _, id := range c.Scenarios {
			explained[id] = c.ID
		}
	}
	for i, rec := range r.Records {
		switch {
		case len(r.Causes) == 0 && rec.Cause == "":
		case rec.Verdict == Fail && (rec.Cause == "" || explained[rec.ID] != rec.Cause), rec.Verdict != Fail && explained[rec.ID] != "":
			return fmt.Errorf("%s: no cause of the run explains it, or one does and it did not fail", where(i, rec.ID))
		}
		delete(explained, rec.ID)
	}
	for id := range explained {
		return fmt.Errorf("a cause explains %s, which is no record of the run", Printable(id))
	}
	return nil
}
