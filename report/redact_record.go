package report

// Record returns a copy of the record with every text in it cleaned.
func (r *Redactor) Record(rec Record) Record { return rec.mapTexts(r.Clean) }

// Run returns a copy of the run with every text in it cleaned: its records,
// its subject and what it says of itself.
func (r *Redactor) Run(run Run) Run { return run.mapTexts(r.Clean) }
