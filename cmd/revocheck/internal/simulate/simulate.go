// Package simulate is the command of that name: it reads a workload, wires the
// gateway's strategies into a simulation, and shows what came out.
package simulate

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/fixtures/workloads"
	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// Flags are those of the command.
type Flags struct {
	list         bool
	seed         uint64
	replications int
	parallel     int
}

// Register adds the flags to the command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.list, "list", false, "list the workloads that have a name")
	flags.Uint64Var(&f.seed, "seed", 0, "random numbers by this `number`, in place of the workload's")
	flags.IntVar(&f.replications, "replications", 0, "play each strategy so many `times`")
	flags.IntVar(&f.parallel, "parallel", 0, "play so many worlds at once; 0 is one a core")
}

// Run simulates the workload that the argument names.
func (f *Flags) Run(cmd *cobra.Command, args []string) error {
	if f.list {
		return results.Shown(list(cmd.OutOrStdout()))
	}
	if len(args) != 1 {
		return exit.Usage("simulate takes a workload: a file, or one of %s", strings.Join(names(), ", "))
	}
	w, err := f.workload(args[0])
	if err != nil {
		return exit.Usage("%w", err)
	}
	all, err := strategies(w)
	if err != nil {
		return err
	}
	study, err := simulation.Run(cmd.Context(), w, all, simulation.Options{Parallel: f.parallel})
	if err != nil {
		return exit.Usage("%w", err)
	}
	if err := results.Shown(write(cmd.OutOrStdout(), study)); err != nil {
		return err
	}
	if study.Partial {
		return exit.Partial("the simulation was interrupted")
	}
	return nil
}

// workload is one by its name, or else by its file, with what the flags change.
func (f *Flags) workload(name string) (w *workload.Workload, err error) {
	if source, known := workloads.Files.ReadFile(name + ".yaml"); known == nil {
		w, err = workload.Parse(name+".yaml", source)
	} else {
		w, err = workload.ReadFile(name)
	}
	if err != nil {
		return nil, err
	}
	w.Seed, w.Replications = cmp.Or(f.seed, w.Seed), cmp.Or(f.replications, w.Replications)
	for _, p := range w.Problems() {
		return nil, p
	}
	return w, nil
}

// names are those of the workloads that come with the program.
func names() (all []string) {
	files, _ := fs.Glob(workloads.Files, "*.yaml") // the pattern is good
	for _, f := range files {
		all = append(all, strings.TrimSuffix(f, ".yaml"))
	}
	return all
}

func list(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, name := range names() {
		source, err := workloads.Files.ReadFile(name + ".yaml")
		if err != nil {
			return err
		}
		w, err := workload.Parse(name, source)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "%s\t%s\n", name, w.About)
	}
	return t.Flush()
}
