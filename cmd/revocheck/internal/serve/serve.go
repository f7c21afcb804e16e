// Package serve runs the reference gateway as a process.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/reference"
)

// drain bounds how long a gateway that is stopped waits for calls under way.
const drain = 5 * time.Second

// Command is serve and its flags.
type Command struct {
	config     reference.Config
	apim       subject.APIM
	addr       string
	replicas   int
	targetFile string
	secure     bool
	cert, key  string
	clientCA   string
	keyFile    string
	accessLog  bool
	files      results.Files
}

// Register defines the flags.
func (f *Command) Register(cmd *cobra.Command) {
	f.registerListener(cmd)
	f.registerGateway(cmd)
	f.apim.Register(cmd)
	f.apim.RegisterServed(cmd)
}

func (f *Command) registerListener(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`address` of the first replica")
	flags.IntVar(&f.replicas, "replicas", 1, "replicas of the gateway")
	flags.StringVar(&f.targetFile, "target-file", "", "write a target file for this gateway to `FILE`")
	flags.BoolVar(&f.secure, "tls", false, "speak TLS with a certificate made for this run, which is put beside the target file")
	flags.StringVar(&f.cert, "tls-cert", "", "PEM certificate `FILE`; with it the gateway speaks TLS")
	flags.StringVar(&f.key, "tls-key", "", "PEM private key `FILE` of the certificate")
	flags.StringVar(&f.clientCA, "client-ca", "", "PEM `FILE` of authorities: only clients with a certificate of one of them are answered (tls.cert and tls.key of a target file)")
	flags.BoolVar(&f.accessLog, "access-log", false, "write an access log, without tokens, to standard error")
	cmd.MarkFlagsRequiredTogether("tls-cert", "tls-key")
	cmd.MarkFlagsMutuallyExclusive("tls", "tls-cert")
}

func (f *Command) registerGateway(cmd *cobra.Command) {
	flags, c := cmd.Flags(), &f.config
	flags.StringVar(&c.Strategy, "strategy", "denylist", "revocation `strategy`: "+subject.Names(subject.Strategies()))
	flags.StringVar(&c.Store, "store", "memory", stores.Usage(""))
	flags.DurationVar(&c.StoreTimeout, "store-timeout", 0, "for each use of the store (default 1s)")
	flags.IntVar(&c.WaitReplicas, "wait-replicas", 0, "Redis replicas that must have a logout before it is acknowledged")
	flags.StringVar(&c.Alg, "alg", "", "signing `algorithm` (default HS256): "+strings.Join(reference.Algorithms(), ", "))
	flags.StringVar(&f.keyFile, "key-file", "", "`FILE` with the signing key: PEM, or a secret for HS256 and its kin; made if there is none; gateways that share it accept each other's tokens")
	flags.StringVar(&c.Fault, "fault", "", "plant a known `defect`; revocheck list faults shows them")
	flags.DurationVar(&c.Lifetime, "lifetime", 0, "of a token, when a login asks for none (default 1h, short-expiry 1m)")
	flags.DurationVar(&c.MaxLifetime, "max-lifetime", 0, "longest that a login is granted (default 1440h, short-expiry 1m)")
	flags.DurationVar(&c.Leeway, "leeway", 0, "how long after exp a token is accepted")
	flags.StringVar(&c.Posture, "posture", "", "while the store is away, serve no call (closed) or every call (open) (default closed)")
	flags.DurationVar(&c.Propagation, "propagation", 0, "how long a replica takes to hear of a logout at another one; declared as leak_window")
	subject.RegisterVariants(cmd, &c.Variants)
	flags.StringVar(&c.BackendURL, "backend", "", "`URL` of the backend; a built-in one without it")
}

// Run serves until the command is interrupted.
func (f *Command) Run(cmd *cobra.Command) error {
	if err := f.checkFiles(); err != nil {
		return err
	}
	d, err := f.deploy(cmd)
	if err != nil {
		return err
	}
	return closed(d, f.answer(cmd, d))
}

// checkFiles sees to it that what clients need can be written, and that nothing
// that is read is lost by it.
func (f *Command) checkFiles() error {
	if f.clientCA != "" && !f.secure && f.cert == "" {
		return exit.Usage("--client-ca goes with --tls or --tls-cert: clients show certificates over TLS alone")
	}
	if f.secure && f.targetFile == "" {
		return exit.Usage("--tls makes a certificate that no client knows: say with --target-file where to put it, or give one with --tls-cert")
	}
	var suffixes []string
	if f.secure {
		suffixes = []string{".crt", ".key"}
	}
	f.files.AddPrivate("target-file", f.targetFile, suffixes...)
	return f.files.Check(append(f.apim.Reads(), f.cert, f.key, f.keyFile, f.clientCA)...)
}

// answer serves a deployment until the command ends.
func (f *Command) answer(cmd *cobra.Command, d deployment) error {
	sites, err := f.listen(d.replicas)
	if err != nil {
		return err
	}
	defer func() { _ = sites.close() }()
	if f.targetFile != "" {
		if err := f.writeTarget(sites.urls(), d.contract); err != nil {
			return err
		}
	}
	if err := sites.serve(cmd.Context(), cmd.OutOrStdout()); err != nil {
		return exit.Broken(err)
	}
	return nil
}

func (f *Command) listen(replicas []http.Handler) (listening, error) {
	if f.secure {
		if err := f.makeCertificate(); err != nil {
			return nil, err
		}
	}
	secure, err := f.encryption()
	if err != nil {
		return nil, err
	}
	return listen(f.addr, replicas, secure)
}

// closed ends a deployment; a failure to is the program's, not the user's.
func closed(d deployment, err error) error {
	if failed := d.close(); failed != nil && err == nil {
		return exit.Broken(failed)
	}
	return err
}

// serve answers until the context ends, and lets calls under way finish.
func (l listening) serve(ctx context.Context, out io.Writer) error {
	failed := make(chan error, len(l))
	for _, s := range l {
		go func() { failed <- s.server.Serve(s.at) }()
		fmt.Fprintf(out, "listening on %s\n", s.url)
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	for _, s := range l {
		err = errors.Join(err, s.stop(ctx))
	}
	return err
}

// stop cuts what has not finished in time; that is no failure.
func (s site) stop(ctx context.Context) error {
	err := s.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.server.Close()
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
