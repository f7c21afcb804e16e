package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// onTerminal runs the command line with both outputs on a terminal and gives
// what the terminal got.
func onTerminal(t *testing.T, args ...string) string {
	t.Helper()
	host, terminal := openTerminal(t)
	got := make(chan string, 1)
	go func() {
		text, _ := io.ReadAll(host) // ends with EIO when the terminal is closed
		got <- string(text)
	}()
	execute(context.Background(), args, terminal, terminal)
	_ = terminal.Close()
	return <-got
}

func openTerminal(t *testing.T) (host, terminal *os.File) {
	t.Helper()
	host, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("NOT TESTED: this machine gives no terminal: %v", err)
	}
	t.Cleanup(func() { _ = host.Close() })
	if err := unix.IoctlSetPointerInt(int(host.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(host.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return host, terminal
}

var (
	colour = regexp.MustCompile(`\x1b\[\d+m`)
	passed = regexp.MustCompile(`(?m)^\[\d+/\d+\] pass `)
)

// On a terminal the progress is one line and the report has colours, unless
// NO_COLOR forbids them; where output is piped there is no colour, and a line
// for each scenario only if it is asked for.
func TestTerminalAndPipe(t *testing.T) {
	args := []string{"run", "--strategy", "client-side", "--only", "lifecycle"}
	for _, forbid := range []string{"", "1"} {
		t.Setenv("NO_COLOR", forbid)
		text := onTerminal(t, args...)
		if colour.MatchString(text) != (forbid == "") || passed.MatchString(text) || !strings.Contains(text, "NONCONFORMANT") {
			t.Errorf("NO_COLOR=%q: %q", forbid, text)
		}
	}
	for _, verbose := range []bool{false, true} {
		_, out, errs := invoke(append(args, fmt.Sprintf("--verbose=%t", verbose))...)
		if strings.ContainsRune(out+errs, '\x1b') || passed.MatchString(errs) != verbose {
			t.Errorf("piped, verbose %v: %q\n%q", verbose, out, errs)
		}
	}
}
