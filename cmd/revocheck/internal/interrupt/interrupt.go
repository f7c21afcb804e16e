// Package interrupt ends the program in good order: the first interrupt ends its
// context, the second one the program.
package interrupt

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// listen gives a channel with room for the two interrupts that count, and
// what ends the listening.
func listen() (<-chan os.Signal, func()) {
	c := make(chan os.Signal, 2)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
	return c, func() { signal.Stop(c) }
}

// SurvivePipes has a write to a pipe that nobody reads any more fail, in place of
// ending the program. What it starts does not inherit that.
func SurvivePipes() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }

// Context gives a context that the first interrupt ends. When it ends the
// listening is over already, so the second interrupt ends the program.
func Context(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	interrupted, unlisten := listen()
	go func() {
		select {
		case <-interrupted:
		case <-ctx.Done():
		}
		unlisten()
		cancel()
	}()
	return ctx, cancel
}

// CloseOnSecond closes what the second interrupt would leave behind,
// and ends the program then. It gives what calls that off.
func CloseOnSecond(c io.Closer) (callOff func()) {
	interrupted, unlisten := listen()
	done := make(chan struct{})
	go func() {
		for range 2 {
			select {
			case <-interrupted:
			case <-done:
				return
			}
		}
		_ = c.Close()
		os.Exit(128 + int(syscall.SIGINT))
	}()
	return func() { unlisten(); close(done) }
}
