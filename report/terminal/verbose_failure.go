package terminal

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// WriteRecords shows records of the run with all that is known of them. The
// error is the writer's.
func WriteRecords(w io.Writer, r report.Run, ids []string, opts Options) error {
	r = r.AsStored()
	s := newScreen(w, opts)
	for _, rec := range r.Records {
		if slices.Contains(ids, rec.ID) {
			s.record(r, rec)
		}
	}
	return s.flush()
}

func (s *screen) record(r report.Run, rec report.Record) {
	c := countsColour(report.Count([]report.Record{rec}, r.Strict))
	s.entry(0, c, strings.ToUpper(rec.Outcome(r.Strict))+" ", fmt.Sprintf("%s: %s (%s)", rec.ID, rec.Title, rec.Level))
	if rec.Verdict == report.Pass {
		s.field("requirement", rec.Requirement)
	} else {
		s.fields(r.Evidence(rec))
	}
	s.blank()
	s.fields(rec.EveryStep())
	for _, n := range rec.Numbers {
		s.field("measured", n.String())
	}
	for _, o := range rec.Observed {
		s.field("observed", o)
	}
	for _, n := range rec.Notes {
		s.field("note", n)
	}
	s.blank()
}

func (s *screen) failures(r report.Run) {
	for _, rec := range r.Records {
		if rec.Verdict == report.Fail && !rec.Warning(r.Strict) {
			s.failure(r, rec)
		}
	}
}

// failure shows all that someone needs who has to mend it.
func (s *screen) failure(run report.Run, r report.Record) {
	s.blank()
	s.entry(0, red, "FAIL ", fmt.Sprintf("%s: %s (%s)", r.ID, r.Title, r.Level))
	s.fields(run.Evidence(r))
}

func (s *screen) fields(fields []report.Field) {
	for _, f := range fields {
		s.field(f.Name, f.Text)
	}
}
