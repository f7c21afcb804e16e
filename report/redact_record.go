package report

// Record returns a copy of the record with every text in it cleaned.
func (r *Redactor) Record(rec Record) Record {
	for _, s := range []*string{&rec.ID, &rec.Title, &rec.Requirement, &rec.Why, &rec.Fix, &rec.Undeclared, &rec.Source} {
		*s = r.Clean(*s)
	}
	rec.Refs, rec.Needs, rec.Notes = r.all(rec.Refs), r.all(rec.Needs), r.all(rec.Notes)
	rec.Observed = r.all(rec.Observed)
	rec.Steps = each(rec.Steps, r.step)
	rec.Numbers = each(rec.Numbers, r.number)
	return rec
}

// Run returns a copy of the run with every text in it cleaned: its records,
// its subject and what it says of itself.
func (r *Redactor) Run(run Run) Run {
	run.Subject = r.subject(run.Subject)
	run.Profile, run.Why = r.Clean(run.Profile), r.Clean(run.Why)
	run.Gaps, run.Omitted = r.all(run.Gaps), r.all(run.Omitted)
	run.NotClaimed, run.Notes = r.all(run.NotClaimed), r.all(run.Notes)
	run.Records = each(run.Records, r.Record)
	return run
}

func (r *Redactor) subject(s Subject) Subject {
	details := make(map[string]string, len(s.Details))
	for k, v := range s.Details {
		details[r.Clean(k)] = r.Clean(v)
	}
	if s.Details == nil {
		details = nil
	}
	return Subject{Name: r.Clean(s.Name), Kind: r.Clean(s.Kind), Endpoints: r.all(s.Endpoints), Details: details}
}

func (r *Redactor) step(s Step) Step {
	for _, t := range []*string{&s.Text, &s.Request, &s.Expected, &s.Actual, &s.Note} {
		*t = r.Clean(*t)
	}
	return s
}

func (r *Redactor) number(n Number) Number {
	n.Name, n.Unit, n.Note = r.Clean(n.Name), r.Clean(n.Unit), r.Clean(n.Note)
	return n
}

func (r *Redactor) all(texts []string) []string { return each(texts, r.Clean) }

// each applies f to every element of a copy; nil stays nil.
func each[T any](in []T, f func(T) T) []T {
	if in == nil {
		return nil
	}
	out := make([]T, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
