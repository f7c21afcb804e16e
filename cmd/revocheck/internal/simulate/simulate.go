// Package simulate is the command of that name: it reads a workload, wires the
// gateway's strategies into a simulation, and shows what came out.
package simulate

import (
	"cmp"
	"encoding/json"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/page"
	"github.com/revocheck/revocheck/loadgen/simulation/summary"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// Flags are those of the command.
type Flags struct {
	list         bool
	seed         uint64
	replications int
	parallel     int
	long         bool
	quick        bool
	json         string
	markdown     string
	html         string
	from         string
	files        results.Files
}

// Register adds the flags to the command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.list, "list", false, "list the workloads that have a name")
	flags.Uint64Var(&f.seed, "seed", 0, "random numbers by this `number`, in place of the workload's")
	flags.IntVar(&f.replications, "replications", 0, "play each strategy so many `times`, in place of the workload's")
	flags.IntVar(&f.parallel, "parallel", 0, "play so many worlds at once; 0 is one a core")
	flags.BoolVar(&f.long, "long", false, "play also what takes more than ten minutes or 4 GB")
	flags.BoolVar(&f.quick, "no-sensitivity", false, "leave out what each setting does to the exposure")
	flags.StringVar(&f.from, "from", "", "take the delay between regions from the run stored in this `FILE`")
	flags.StringVar(&f.json, "json", "", "write the study as JSON to this `FILE`, - for standard output")
	flags.StringVar(&f.markdown, "markdown", "", "write it as Markdown to this `FILE`")
	flags.StringVar(&f.html, "html", "", "write it as one HTML page with its pictures to this `FILE`")
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
	if err := f.affordable(w); err != nil {
		return err
	}
	f.files.Stdout = cmd.OutOrStdout()
	for _, out := range []struct{ flag, name string }{{"json", f.json}, {"markdown", f.markdown}, {"html", f.html}} {
		f.files.Add(out.flag, out.name)
	}
	return f.files.Guard("json", append(args, f.from), func() error { return f.simulate(cmd, w) })
}

func (f *Flags) simulate(cmd *cobra.Command, w *workload.Workload) error {
	o := simulation.Options{Parallel: f.parallel, Sensitivity: !f.quick}
	shown := newProgress(cmd.ErrOrStderr())
	if shown != nil {
		o.Progress = shown.told
	}
	study, err := simulation.Run(cmd.Context(), w, strategies, o)
	shown.end()
	if err != nil {
		return exit.Usage("%w", err)
	}
	if err := f.write(study); err != nil {
		return err
	}
	screen := cmd.OutOrStdout()
	if f.files.OnStdout() {
		screen = cmd.ErrOrStderr()
	}
	if err := results.Shown(write(screen, study)); err != nil {
		return err
	}
	if study.Partial {
		return exit.Partial("the simulation is partial: %s", study.Why)
	}
	return nil
}

// write writes the files that were asked for.
func (f *Flags) write(s *outcome.Study) error {
	for flag, write := range map[string]func(io.Writer) error{
		"json": func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", " ")
			return e.Encode(s)
		},
		"markdown": func(w io.Writer) error { return summary.Write(w, s) },
		"html":     func(w io.Writer) error { return page.Write(w, s) },
	} {
		if err := f.files.Write(flag, write); err != nil {
			return err
		}
	}
	return nil
}

// workload is one by its name, or else by its file, with what the flags change.
func (f *Flags) workload(name string) (*workload.Workload, error) {
	w, err := find(name)
	if err != nil {
		return nil, err
	}
	w.Seed, w.Replications = cmp.Or(f.seed, w.Seed), cmp.Or(f.replications, w.Replications)
	if len(w.Strategies) == 0 {
		w.Strategies = everyStrategy()
	}
	if f.from != "" {
		if err := measured(f.from, w); err != nil {
			return nil, err
		}
	}
	for _, p := range w.Problems() {
		return nil, p
	}
	return w, nil
}

// What is played without being asked twice.
const (
	longest = 10 * time.Minute
	largest = 4e9 // bytes
)

// affordable says what a workload takes that takes long, and asks for --long.
func (f *Flags) affordable(w *workload.Workload) error {
	cores := cmp.Or(max(f.parallel, 0), runtime.GOMAXPROCS(0))
	cost := simulation.Estimate(w, len(w.Strategies), cores)
	if f.long || cost.Time <= longest && cost.Memory <= largest {
		return nil
	}
	factor := max(float64(cost.Time)/float64(longest), cost.Memory/largest)
	return exit.Usage("%s would take about %s and %s of memory: --long plays it all the same, and sample: %.2g in the workload, in place of %g, makes it short",
		w.Name, words.Seconds(cost.Time.Truncate(time.Minute).Seconds()), words.Bytes(cost.Memory), w.Sample*factor, w.Sample)
}
