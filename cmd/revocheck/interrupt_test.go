//go:build unix

package main

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/revocheck/revocheck/report"
)

// interrupter sends this process an interrupt at the first thing written.
type interrupter struct {
	once sync.Once
	err  error
}

func (i *interrupter) Write(b []byte) (int, error) {
	i.once.Do(func() { i.err = syscall.Kill(syscall.Getpid(), syscall.SIGINT) })
	return len(b), i.err
}

// An interrupt half-way ends the run, which reports what was done and is no
// success.
func TestAnInterruptedRunReportsWhatWasDone(t *testing.T) {
	stored := filepath.Join(t.TempDir(), "run.json")
	var out bytes.Buffer
	code := execute([]string{"run", "--json", stored}, &out, &interrupter{})
	if code != report.ExitPartial || !strings.Contains(out.String(), "the run was interrupted") {
		t.Errorf("exit %d:\n%s", code, out.String())
	}
	if code := execute([]string{"report", stored}, io.Discard, io.Discard); code != report.ExitPartial {
		t.Errorf("the stored run gives exit %d", code)
	}
}
