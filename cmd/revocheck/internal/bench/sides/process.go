package sides

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
)

// Serve runs a gateway for the process that started this one: it reads a
// Config from in, writes the Address to out, and ends when in does. It is
// what ChildCommand starts.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	read := bufio.NewReader(in)
	line, err := read.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("reading the gateway's configuration: %w", err)
	}
	var c Config
	if err := json.Unmarshal(line, &c); err != nil {
		return fmt.Errorf("the gateway's configuration: %w", err)
	}
	g, err := startGateway(c)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(out).Encode(g.Address); err != nil {
		return errors.Join(err, g.close(ctx))
	}
	_, _ = io.Copy(io.Discard, read) // the end of in is the sign to stop
	return g.close(context.WithoutCancel(ctx))
}

// Running is a gateway that was started.
type Running struct {
	Address
	Close func() error
}

// Launch starts a gateway.
type Launch func(context.Context, Config) (*Running, error)

// InProcess runs the gateway in this process, for tests and for machines that
// cannot start one: its memory and garbage collection are then the generator's.
func InProcess(ctx context.Context, c Config) (*Running, error) {
	g, err := startGateway(c)
	if err != nil {
		return nil, err
	}
	return &Running{Address: g.Address, Close: func() error { return g.close(context.WithoutCancel(ctx)) }}, nil
}

// childMark is set in the environment of a gateway's process.
const childMark = "REVOCHECK_BENCH_GATEWAY"

// ChildCommand returns a Launch that runs this program once more, with the
// arguments that lead it to Serve. In a process that was started so itself it
// fails: a program that does not know the arguments, such as the binary of a
// test, would else start gateways without end.
func ChildCommand(args ...string) Launch {
	return func(_ context.Context, c Config) (*Running, error) {
		if os.Getenv(childMark) != "" {
			return nil, errors.New("a gateway's process was asked to start gateways; it does not know its arguments")
		}
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding this program, to start a gateway: %w", err)
		}
		cmd := exec.Command(self, args...)
		cmd.Env = append(os.Environ(), childMark+"=1")
		return startChild(cmd, c)
	}
}

// closing is how long a gateway may take to end by itself: it empties the
// Redis that it filled.
const closing = 2 * time.Minute

func startChild(cmd *exec.Cmd, c Config) (*Running, error) {
	cmd.Stderr = os.Stderr
	detach(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting a gateway: %w", err)
	}
	cmd.WaitDelay = time.Second
	r := &Running{Close: func() error { return endChild(cmd, in) }}
	err = json.NewEncoder(in).Encode(c)
	if err == nil {
		err = json.NewDecoder(out).Decode(&r.Address)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the gateway %s over %s did not start", c.Strategy, stores.Name(c.Store)), r.Close())
	}
	return r, nil
}

func endChild(cmd *exec.Cmd, in io.Closer) error {
	_ = in.Close() // the sign to stop; a process that is gone needs none
	late := time.AfterFunc(closing, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	return cmd.Wait()
}
