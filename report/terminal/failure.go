package terminal

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
)

func (s *screen) failures(r report.Run) {
	for _, rec := range r.Records {
		if rec.Verdict == report.Fail && !rec.Warning(r.Strict) {
			s.failure(rec)
		}
	}
}

// failure shows all that someone needs who has to mend it.
func (s *screen) failure(r report.Record) {
	s.blank()
	s.entry(0, red, "FAIL ", fmt.Sprintf("%s: %s (%s)", r.ID, r.Title, r.Level))
	s.fields(r.Evidence())
}

func (s *screen) fields(fields []report.Field) {
	for _, f := range fields {
		s.field(f.Name, f.Text)
	}
}
