package sides

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

// exchange sends a request before the run and returns the status.
func exchange(req *http.Request) (int, error) {
	client := http.Client{Timeout: preparingTimeout}
	res, err := client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("%w: %s %s before the run gave no answer", loadgen.ErrUnreachable, req.Method, req.URL.Path)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<20)) // so that the connection serves again
	return res.StatusCode, nil
}
