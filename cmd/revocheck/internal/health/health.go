// Package health asks a gateway whether it is up.
package health

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// Command is healthcheck and its flags.
type Command struct {
	url     string
	timeout time.Duration
}

// Register defines the flags.
func (f *Command) Register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.url, "url", "http://127.0.0.1:8080", "`URL` of the gateway")
	cmd.Flags().DurationVar(&f.timeout, "timeout", 2*time.Second, "for the answer")
}

// Run asks once.
func (f *Command) Run(cmd *cobra.Command) error {
	at, err := url.Parse(f.url)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return exit.Usage("--url %q is no http or https URL", f.url)
	}
	if f.timeout <= 0 {
		return exit.Usage("--timeout must be longer than 0")
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), f.timeout)
	defer cancel()
	if err := ask(ctx, at.JoinPath("/healthz").String()); err != nil {
		return exit.Broken(fmt.Errorf("the gateway is not up: %w", err))
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s is up\n", f.url)
	return nil
}

func ask(ctx context.Context, at string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", at, answer.Status)
	}
	return nil
}
