package results

import (
	"errors"
	"io"
	"syscall"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// Shown is the error of showing something to people: nil if they have gone,
// because what is said to nobody costs nothing.
func Shown(err error) error {
	if err == nil || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return nil
	}
	return exit.Broken(err)
}
