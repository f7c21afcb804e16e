package results

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/revocheck/revocheck/report/terminal"
)

// TerminalOptions are colour and width of a screen, both none where it is no
// terminal.
func TerminalOptions(screen io.Writer) terminal.Options {
	opts := terminal.Options{}
	if f, ok := IsTerminal(screen); ok {
		opts.Color = os.Getenv("NO_COLOR") == ""
		opts.Width, _, _ = term.GetSize(int(f.Fd()))
	}
	return opts
}

// IsTerminal reports whether w is a terminal.
func IsTerminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}
