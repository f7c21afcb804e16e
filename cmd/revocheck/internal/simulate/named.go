package simulate

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/tabwriter"

	"github.com/revocheck/revocheck/fixtures/workloads"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// find is a workload by its name, or else by its file.
func find(name string) (*workload.Workload, error) {
	if source, err := workloads.Files.ReadFile(name + ".yaml"); err == nil {
		return workload.Parse(name+".yaml", source)
	}
	w, err := workload.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%q is neither a file nor one of the workloads %s", name, strings.Join(names(), ", "))
	}
	return w, err
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
		w, err := find(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "%s\t%s\n", name, w.About)
	}
	return t.Flush()
}
