package bench

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/peers"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/sides"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// besides are the rows over a bare proxy: the reference's best known strategy
// and proxies of other makers.
var besides = []struct {
	name, store string
	proxy       *peers.Proxy // nil for the reference
}{
	{"denylist", "memory", nil},
	{peers.HAProxy.Name, "map", &peers.HAProxy},
	{peers.Nginx.Name, "-", &peers.Nginx},
}

// beside measures the reference and other proxies over a bare one.
func (f *Table) beside(cmd *cobra.Command) (bad, missing int, err error) {
	out := cmd.OutOrStdout()
	writeBesideHead(out)
	for _, row := range besides {
		if cmd.Context().Err() != nil {
			return bad, missing, exit.Partial("partial: interrupted; the rows above are whole")
		}
		o := f.tokens
		if row.store == "-" {
			o.Population = 0
		}
		r, p, err := f.row(cmd, func(ctx context.Context) (*sides.Pairing, error) {
			return sides.Beside(ctx, f.launcher(), row.proxy, o)
		})
		if err != nil {
			missing++
			writeMissing(out, row.name, row.store, o.Population, err)
			if errors.Is(err, peers.ErrNotInstalled) {
				fmt.Fprintf(cmd.ErrOrStderr(), "NOT MEASURED: %v\n", err)
			}
			continue
		}
		bad += writeRow(out, row.name, row.store, o.Population, r, p)
		if !r.Reliable {
			missing++
		}
	}
	return bad, missing, nil
}

func writeBesideHead(w io.Writer) {
	fmt.Fprintln(w, "\nThe same over a bare reverse proxy in Go (`httputil.ReverseProxy` with pooled buffers), each before one backend in a process of its own, HS256; HAProxy and nginx with one thread.")
	fmt.Fprintln(w)
	writeColumns(w)
}
