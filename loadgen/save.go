package loadgen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// WriteJSON writes the result in the form that ReadResult reads.
func (r *Result) WriteJSON(w io.Writer) error {
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("rendering the bench result: %w", err)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// IsResult reports whether stored JSON is of a bench, and not of a conformance
// run.
func IsResult(stored []byte) bool {
	var head struct {
		Kind string `json:"kind"`
	}
	return json.Unmarshal(stored, &head) == nil && head.Kind == Kind
}

// ReadResult reads a stored result. It refuses what is not one, another
// schema, and anything after it.
func ReadResult(from io.Reader) (*Result, error) {
	dec := json.NewDecoder(from)
	var r Result
	if err := dec.Decode(&r); err != nil {
		return nil, fmt.Errorf("not a stored bench result: %w", err)
	}
	if r.Kind != Kind || r.Schema != Schema {
		return nil, fmt.Errorf("not a bench result of this version: kind %q, schema %d; expected %q, schema %d",
			r.Kind, r.Schema, Kind, Schema)
	}
	if len(r.Overheads) != len(Quantiles) {
		return nil, fmt.Errorf("the stored bench result has %d overheads, not %d", len(r.Overheads), len(Quantiles))
	}
	if rest, err := io.ReadAll(io.MultiReader(dec.Buffered(), from)); err != nil || len(bytes.TrimSpace(rest)) > 0 {
		return nil, fmt.Errorf("the stored bench result has something after it (%d bytes)", len(rest))
	}
	return &r, nil
}
