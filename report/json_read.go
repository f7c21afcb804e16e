package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// mostBytes bounds what ReadJSON takes in: some hundred times the size of the
// largest report that the suite writes.
const mostBytes = 256 << 20

// ReadJSON reads a run that WriteJSON stored. It refuses everything else:
// another schema, unknown, repeated or missing names, more than one document,
// and a conclusion that the records do not support. The error says what is
// wrong and where.
func ReadJSON(r io.Reader) (Run, error) {
	doc, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return Run{}, fmt.Errorf("read report: %w", err)
	}
	if len(doc) > mostBytes {
		return Run{}, fmt.Errorf("read report: longer than %d bytes", mostBytes)
	}
	run, err := parse(doc)
	if err != nil {
		return Run{}, fmt.Errorf("read report: %w", err)
	}
	return run, nil
}

func parse(doc []byte) (Run, error) {
	if err := checkSchema(doc); err != nil {
		return Run{}, err
	}
	if err := checkNames(doc); err != nil {
		return Run{}, err
	}
	run, err := parseRun(doc)
	if err != nil {
		return Run{}, err
	}
	return run, run.check()
}

// checkSchema comes first, so that a report of a later program is told from a
// broken one.
func checkSchema(doc []byte) error {
	var head struct {
		Schema *int `json:"schema"`
	}
	if err := json.Unmarshal(doc, &head); err != nil {
		return locate(doc, err)
	}
	if head.Schema == nil {
		return errors.New("no schema: this is not a report of a run")
	}
	return Run{Schema: *head.Schema}.checkSchema()
}

// The stored forms have the fields of Run and Record, and tell a name that is
// missing from one that is zero.
type (
	plainRun    Run
	plainRecord Record

	storedRun struct {
		*plainRun
		Conclusion *Conclusion        `json:"conclusion"`
		Records    *[]json.RawMessage `json:"records"`
	}
	storedRecord struct {
		*plainRecord
		Level   *Level   `json:"level"`
		Verdict *Verdict `json:"verdict"`
	}
)

func parseRun(doc []byte) (Run, error) {
	var run Run
	stored := storedRun{plainRun: (*plainRun)(&run)}
	if err := strict(doc, &stored); err != nil {
		return Run{}, locate(doc, err)
	}
	if stored.Conclusion == nil {
		return Run{}, errors.New("the conclusion is missing")
	}
	if stored.Records == nil {
		return Run{}, errors.New("the records are missing")
	}
	run.Conclusion = *stored.Conclusion
	run.Records = make([]Record, len(*stored.Records))
	for i, raw := range *stored.Records {
		if err := parseRecord(raw, &run.Records[i]); err != nil {
			return Run{}, fmt.Errorf("%s: %w", where(i, idOf(raw)), err)
		}
	}
	return run, nil
}

func parseRecord(raw []byte, into *Record) error {
	stored := storedRecord{plainRecord: (*plainRecord)(into)}
	if err := strict(raw, &stored); err != nil {
		return err
	}
	if stored.Level == nil {
		return errors.New("the level is missing")
	}
	if stored.Verdict == nil {
		return errors.New("the verdict is missing")
	}
	into.Level, into.Verdict = *stored.Level, *stored.Verdict
	return nil
}

func strict(doc []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

// idOf finds the ID of a record that cannot be read otherwise.
func idOf(raw []byte) string {
	var head struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(raw, &head) != nil {
		return ""
	}
	return head.ID
}

// locate adds the line and column to an error that knows its offset.
func locate(doc []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%s: %w", position(doc, syntax.Offset), err)
	case errors.As(err, &kind):
		return fmt.Errorf("%s: %w", position(doc, kind.Offset), err)
	}
	return err
}

func position(doc []byte, offset int64) string {
	head := doc[:min(max(offset, 0), int64(len(doc)))]
	line := bytes.Count(head, []byte("\n")) + 1
	return fmt.Sprintf("line %d, column %d", line, len(head)-bytes.LastIndexByte(head, '\n'))
}
