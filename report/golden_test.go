package report

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the difference before you commit it")

// golden compares what write renders with the file of that name.
func golden(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	var got bytes.Buffer
	if err := write(&got); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs; if that is meant, run go test ./report -update\ngot:\n%s\nwant:\n%s", file, got.Bytes(), want)
	}
}

func TestGolden(t *testing.T) {
	for name, run := range samples {
		golden(t, name+".txt", func(w io.Writer) error { return WriteTerminal(w, run, TerminalOptions{Width: 80}) })
		golden(t, name+".json", func(w io.Writer) error { return WriteJSON(w, run) })
		golden(t, name+".xml", func(w io.Writer) error { return WriteJUnit(w, run) })
	}
}

func TestGoldenTerminalOptions(t *testing.T) {
	run := samples["nonconformant"]
	for name, opts := range map[string]TerminalOptions{
		"verbose.txt": {Verbose: true},
		"colour.txt":  {Color: true, Width: 60},
	} {
		golden(t, name, func(w io.Writer) error { return WriteTerminal(w, run, opts) })
	}
}
