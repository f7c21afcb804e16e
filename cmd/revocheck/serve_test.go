package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// slowStore has a busy machine be taken for no outage of the store.
const slowStore = "--store-timeout=30s"

// serving runs the serve command until the test ends, and gives the URLs that
// it prints.
func serving(t *testing.T, replicas int, args ...string) (urls []string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	root := rootCommand()
	root.SetArgs(append([]string{"serve"}, args...))
	root.SetOut(in)
	root.SetErr(io.Discard)
	go func() {
		err := root.ExecuteContext(ctx)
		_ = in.CloseWithError(io.EOF)
		ended <- err
	}()
	lines := bufio.NewScanner(out)
	for len(urls) < replicas && lines.Scan() {
		url, ok := strings.CutPrefix(lines.Text(), "listening on ")
		if !ok {
			t.Fatalf("printed %q", lines.Text())
		}
		urls = append(urls, url)
	}
	t.Cleanup(cancel)
	return urls, func() error { cancel(); return <-ended }
}

func TestServeAndProbe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "target.yaml")
	urls, stop := serving(t, 2, "--addr", "127.0.0.1:0", "--replicas", "2", "--variant", "refuses-with-403", "--target-file", file, slowStore)
	if len(urls) != 2 || urls[0] == urls[1] {
		t.Fatalf("listening on %v", urls)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("target file %v, %v", info, err)
	}
	code, out, failed := command(t.Context(), "probe", "--quick", "--target", file)
	if code != 0 {
		t.Fatalf("exit %d: %s\n%s", code, failed, out)
	}
	for _, want := range []string{`HS256, lives for (1h0m0s|59m59s)`, "1m0s, granted", `GET /api/hello +403 +200`, `GET /public +200 +200`, `two-users +\d+ `, `\d+ of \d+ scenarios of profile wire would run`, `Not claimed[^$]*movable-clock`} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("%s is not in\n%s", want, out)
		}
	}
	for name, password := range reference.DefaultUsers() {
		if strings.Contains(out, password) {
			t.Errorf("the password of %s is in\n%s", name, out)
		}
	}
	if err := stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
	if _, err := http.Get(urls[0]); err == nil {
		t.Error("it still answers after it was stopped")
	}
}

// TestReplicasShareOneDeployment: a logout at one ends the token at the other.
func TestReplicasShareOneDeployment(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "target.yaml")
	serving(t, 2, "--addr", "127.0.0.1:0", "--replicas", "2", "--target-file", file, slowStore)
	code, out, failed := command(t.Context(), "run", "--target", file, "--only", "cluster/other-replica", "--only", "lifecycle/logout-ends-token", "--allow-partial")
	if code != 0 {
		t.Errorf("exit %d: %s\n%s", code, failed, out)
	}
}

// TestSameVerdictsOverTCP: what each strategy does in process it does on the
// network, where time cannot be moved and lifetimes shrink to seconds.
func TestSameVerdictsOverTCP(t *testing.T) {
	t.Parallel()
	which := append(only("expiry", "lifecycle/logout-expired*"), brief...)
	for _, s := range reference.Strategies() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			want := verdicts(t, append([]string{"--strategy", s.Name}, which...)...)
			target := filepath.Join(t.TempDir(), "target.yaml")
			serving(t, 2, "--addr", "127.0.0.1:0", "--replicas", "2", "--strategy", s.Name, "--target-file", target, slowStore)
			same := 0
			for id, got := range verdicts(t, append([]string{"--target", target}, which...)...) {
				switch {
				case got == report.NotRun || want[id] == report.NotRun: // for want of a power, or of a lifetime
				case got != want[id]:
					t.Errorf("%s: %s over TCP, and %s in process", id, got, want[id])
				default:
					same++
				}
			}
			if same < 40 {
				t.Errorf("only %d scenarios ran over TCP", same)
			}
		})
	}
}

func TestProbeSeesAFileThatIsWrong(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "target.yaml")
	serving(t, 1, "--addr", "127.0.0.1:0", "--target-file", file)
	replaceIn(t, file, "- 401", "- 418")
	code, out, failed := command(t.Context(), "probe", "--quick", "--target", file)
	if code != exit.CodeUsage || !strings.Contains(out, "GET /api/hello    401 ") || strings.Contains(out, "without exp") || !strings.Contains(failed, "target.yaml:32: refusal.statuses: GET /api/hello answers 401") || !strings.Contains(failed, "write statuses: [418, 401]") {
		t.Errorf("exit %d: %s\n%s", code, failed, out)
	}
}

func TestServeUsage(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for _, c := range []struct{ args, says string }{
		{"--strategy other", "unknown strategy"},
		{"--fault other", "unknown fault"},
		{"--alg none", "unknown algorithm"},
		{"--replicas 0", "at least 1"},
		{"--addr localhost", "not host:port"},
		{"--addr 127.0.0.1:x", "not a number"},
		{"--addr " + taken.Addr().String(), "address already in use"},
		{"--addr 127.0.0.1:65535 --replicas 2", "replica 2 cannot listen"},
		{"--addr 127.0.0.1:0 --tls-cert none.pem --tls-key none.pem", "certificate cannot be used"},
		{"--tls-cert none.pem", "tls-key"},
		{"--client-ca ca.pem", "goes with --tls"},
		{"--addr 127.0.0.1:0 --target-file no/such/folder/t.yaml", "cannot be written"},
		{"--bogus", "unknown flag"},
	} {
		code, out, err := command(t.Context(), append([]string{"serve"}, strings.Fields(c.args)...)...)
		if code != exit.CodeUsage || !strings.Contains(err, c.says) || out != "" {
			t.Errorf("%s: exit %d, %q, %s", c.args, code, err, out)
		}
	}
}
