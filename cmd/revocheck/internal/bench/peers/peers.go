// Package peers starts proxies of other makers, each with a configuration of
// its own in a temporary folder, so that a bench has them beside the reference.
package peers

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// ErrNotInstalled means that the program is not on this machine.
var ErrNotInstalled = errors.New("is not installed")

// Setup is what a proxy is told.
type Setup struct {
	Backend string   // host:port that accepted calls go to
	Secret  string   // of HS256, without quotes or white space; HAProxy alone reads it
	Revoked []string // jti of the tokens that are refused; HAProxy alone reads them
}

// Proxy is a program that can be started.
type Proxy struct {
	Name    string
	program string
	files   func(dir, listen string, s Setup) map[string]string // by name; "config" is the configuration
	check   func(config string) []string                        // arguments with which it only reads it
	run     func(config string) []string
}

// path finds the program; Debian keeps some where only root looks.
func (p Proxy) path() (string, error) {
	for _, name := range []string{p.program, "/usr/sbin/" + p.program, "/usr/local/sbin/" + p.program} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("%s %w", p.program, ErrNotInstalled)
}

// Running is a proxy that answers.
type Running struct {
	URL  string
	stop func() error
}

// Close ends the process and removes its folder.
func (r *Running) Close() error { return r.stop() }

// Start runs the proxy on a free port of the loopback interface, once the
// program has accepted the configuration. The error is ErrNotInstalled where
// there is no such program.
func (p Proxy) Start(ctx context.Context, s Setup) (*Running, error) {
	program, err := p.path()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "revocheck-"+p.program+"-")
	if err != nil {
		return nil, err
	}
	r, err := p.startIn(ctx, program, dir, s)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return r, nil
}

func (p Proxy) startIn(ctx context.Context, program, dir string, s Setup) (*Running, error) {
	listen, err := freeAddress()
	if err != nil {
		return nil, err
	}
	for name, content := range p.files(dir, listen, s) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	config := filepath.Join(dir, "config")
	if said, err := exec.CommandContext(ctx, program, p.check(config)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s does not accept its configuration: %w: %s", p.program, err, without(s.Secret, said))
	}
	cmd := exec.Command(program, p.run(config)...)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", p.program, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stop := func() error {
		_ = cmd.Process.Kill() // neither program keeps anything
		<-ended
		return os.RemoveAll(dir)
	}
	if err := answers(ctx, listen, ended); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", p.program, err), stop())
	}
	return &Running{URL: "http://" + listen, stop: stop}, nil
}

// without is the beginning of what a program said, which may quote a line of
// its configuration.
func without(secret string, said []byte) string {
	text := string(said)
	if secret != "" {
		text = strings.ReplaceAll(text, secret, "...")
	}
	return text[:min(len(text), 500)]
}

// freeAddress is one that nobody listens on at the moment.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// starting is how long a proxy may take to listen: it reads its map first.
const starting = time.Minute

// answers waits until a connection is taken.
func answers(ctx context.Context, listen string, ended chan error) error {
	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		if c, err := new(net.Dialer).DialContext(ctx, "tcp", listen); err == nil {
			return c.Close()
		}
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("it ended before it listened: %v", err)
		case <-ctx.Done():
			return errors.New("it does not listen")
		case <-again.C:
		}
	}
}
