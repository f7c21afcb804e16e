package benchside

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/revocheck/revocheck/loadgen"
)

// preparing bounds one request before the run, and how many go at once.
const (
	preparingTimeout  = 10 * time.Second
	preparingParallel = 8
)

type build func(ctx context.Context, raw string) (*http.Request, error)

// logOutAll ends tokens before the run, and fails with the first logout that
// is not acknowledged.
func logOutAll(ctx context.Context, tokens []string, over http.RoundTripper, acknowledges func(int) bool, b build) error {
	return eachOf(ctx, len(tokens), func(ctx context.Context, i int) error {
		req, err := b(ctx, tokens[i])
		if err != nil {
			return err
		}
		status, _, err := exchange(over, req)
		if err == nil && !acknowledges(status) {
			err = fmt.Errorf("a logout before the run was answered %d", status)
		}
		return err
	})
}

// eachOf does n things, a few at once, until one fails.
func eachOf(ctx context.Context, n int, do func(context.Context, int) error) error {
	group, until := errgroup.WithContext(ctx)
	group.SetLimit(preparingParallel)
	for i := range n {
		if until.Err() != nil {
			break
		}
		group.Go(func() error { return do(until, i) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// exchange sends a request before the run and returns status and body.
func exchange(over http.RoundTripper, req *http.Request) (int, []byte, error) {
	client := http.Client{Transport: over, Timeout: preparingTimeout, CheckRedirect: noRedirect}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %s %s before the run gave no answer", loadgen.ErrUnreachable, req.Method, req.URL.Path)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return 0, nil, fmt.Errorf("%w: the answer to %s %s broke off", loadgen.ErrUnreachable, req.Method, req.URL.Path)
	}
	return res.StatusCode, body, nil
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func isSuccess(status int) bool { return status >= 200 && status < 300 }
