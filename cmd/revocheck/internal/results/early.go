package results

import (
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/revocheck/revocheck/report"
)

// Guard checks the files, of a command that reads the inputs, and does its work.
// Until the work writes the flag's document, that says that there is none, in
// place of what an earlier command left; if it never does, it says why. What an
// earlier command left in the other files is removed.
func (s *Files) Guard(flag string, inputs []string, work func() error) error {
	if err := s.Check(inputs...); err != nil {
		return err
	}
	if err := errors.Join(s.withdraw(flag), s.Mark(flag, endedEarly(underWay))); err != nil {
		return err
	}
	err := work()
	if err == nil || s.wrote(flag) {
		return err
	}
	return errors.Join(err, s.Write(flag, endedEarly(err.Error())))
}

func (s *Files) wrote(flag string) bool {
	return slices.ContainsFunc(s.files, func(f *file) bool { return f.key == flag && f.written })
}

// early is the document of a command, other than a run, that has no result.
type early struct {
	Schema int    `json:"schema"`
	Ended  string `json:"ended"`
}

// endedEarly writes why there is no result, as JSON.
func endedEarly(why string) func(io.Writer) error {
	return func(w io.Writer) error { return json.NewEncoder(w).Encode(early{report.Schema, why}) }
}

// WhyEnded is what stands in place of a result, in the document that has none; empty in any other.
func WhyEnded(document []byte) string {
	var e struct {
		Ended   string
		Records *[]json.RawMessage
	}
	if json.Unmarshal(document, &e) != nil || e.Records != nil {
		return ""
	}
	return e.Ended
}
