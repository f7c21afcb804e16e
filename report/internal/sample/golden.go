package sample

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Golden compares what write renders with the file of that name in testdata. If
// update is set it writes the file anew: read the difference before you commit
// it. The error says how they differ.
func Golden(update bool, name string, write func(io.Writer) error) error {
	var got bytes.Buffer
	if err := write(&got); err != nil {
		return err
	}
	file := filepath.Join("testdata", name)
	if update {
		return os.WriteFile(file, got.Bytes(), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Equal(got.Bytes(), want) {
		return fmt.Errorf("%s differs; if that is meant, run the test with -update\ngot:\n%s\nwant:\n%s", file, got.Bytes(), want)
	}
	return nil
}
