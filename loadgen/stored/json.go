package stored

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Write writes the result as JSON, in the form that Read reads.
func Write(w io.Writer, r *loadgen.Result) error {
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("rendering the bench result: %w", err)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// IsBench reports whether stored JSON is of a bench, and not of a conformance
// run.
func IsBench(stored []byte) bool {
	var head struct {
		Kind string `json:"kind"`
	}
	return json.Unmarshal(stored, &head) == nil && head.Kind == loadgen.Kind
}

// Read reads a stored result. It refuses what is not one, another
// schema, and anything after it.
func Read(from io.Reader) (*loadgen.Result, error) {
	dec := json.NewDecoder(from)
	var r loadgen.Result
	if err := dec.Decode(&r); err != nil {
		return nil, fmt.Errorf("not a stored bench result: %w", err)
	}
	if r.Kind != loadgen.Kind || r.Schema != loadgen.Schema {
		return nil, fmt.Errorf("not a bench result of this version: kind %q, schema %d; expected %q, schema %d",
			r.Kind, r.Schema, loadgen.Kind, loadgen.Schema)
	}
	if len(r.Overheads) != len(stats.Quantiles) {
		return nil, fmt.Errorf("the stored bench result has %d overheads, not %d", len(r.Overheads), len(stats.Quantiles))
	}
	if rest, err := io.ReadAll(io.MultiReader(dec.Buffered(), from)); err != nil || len(bytes.TrimSpace(rest)) > 0 {
		return nil, fmt.Errorf("the stored bench result has something after it (%d bytes)", len(rest))
	}
	return &r, nil
}
