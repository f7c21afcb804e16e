package stored

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/internal/example"
	"github.com/revocheck/revocheck/loadgen/plot"
	"github.com/revocheck/revocheck/loadgen/writer"
)

func TestStoredResultComesBack(t *testing.T) {
	r := example.Result(0.1)
	var out bytes.Buffer
	if err := Write(&out, r); err != nil {
		t.Fatal(err)
	}
	if !IsBench(out.Bytes()) {
		t.Error("the stored result is not known as one")
	}
	back, err := Read(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Pairs, r.Pairs) || !reflect.DeepEqual(back.Thresholds, r.Thresholds) ||
		!reflect.DeepEqual(back.Overheads, r.Overheads) || !reflect.DeepEqual(back.Subject.Tally.Counts, r.Subject.Tally.Counts) {
		t.Error("the result changed on its way")
	}
	if got, want := back.Subject.FromDue.At(0.99), r.Subject.FromDue.At(0.99); got != want {
		t.Errorf("p99 comes back as %s, was %s", got, want)
	}
}

func TestReadRefuses(t *testing.T) {
	var good bytes.Buffer
	if err := Write(&good, example.Result(0)); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing":           "",
		"a conformance run": `{"schema":1,"records":[]}`,
		"a later schema":    strings.Replace(good.String(), `"schema":1`, `"schema":2`, 1),
		"half a file":       good.String()[:good.Len()/2],
		"two results":       good.String() + good.String(),
		"a hostile bucket":  strings.Replace(good.String(), `"buckets_ns":[[`, `"buckets_ns":[[-5,1],[`, 1),
	} {
		if _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s is read as a result", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	var good bytes.Buffer
	if err := Write(&good, example.Result(0)); err != nil {
		f.Fatal(err)
	}
	f.Add(good.Bytes())
	f.Add([]byte(`{"schema":1,"kind":"revocheck-bench","overheads":null}`))
	f.Fuzz(func(t *testing.T, stored []byte) {
		r, err := Read(bytes.NewReader(stored))
		if err != nil {
			return
		}
		var out bytes.Buffer
		for _, write := range []func(io.Writer, *loadgen.Result) error{writer.Text, plot.Overhead, plot.Timeline, plot.Percentiles} {
			if err := write(&out, r); err != nil {
				t.Error(err)
			}
		}
		_, _ = Diff(r, r)
	})
}
