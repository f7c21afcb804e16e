package main

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
)

// TestTheRevocationLatencyHasAThreshold that decides the exit code, beside the verdict.
func TestTheRevocationLatencyHasAThreshold(t *testing.T) {
	t.Parallel()
	const late = "propagates-50ms"
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"kept":          {[]string{"--variant", late, "--only", "cluster/propagation-time", "--max-revocation-latency", "p95=1h"}, 0, ""},
		"not measured":  {[]string{"--only", "wire", "--max-revocation-latency", "p95=1h"}, exit.CodeUsage, "was not judged"},
		"it never ends": {[]string{"--strategy", "client-side", "--only", "concurrency/leak-window", "--max-revocation-latency", "p95=1h"}, report.ExitNonconformant, "had not ended when the watch did"},
		"no rate":       {[]string{"--confidence", "0.1"}, exit.CodeUsage, "in percent"},
		"a rate of 0":   {[]string{"--confidence", "0%"}, exit.CodeUsage, "in percent"},
		"no threshold":  {[]string{"--only", "wire", "--max-revocation-latency", "1h"}, exit.CodeUsage, "such as p95=1s"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"run", "--replicas", "2", "--allow-partial"}, c.args...)
			if code, out, errs := invoke(args...); code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("exit code %d, want %d\n%s%s", code, c.code, out, errs)
			}
		})
	}
}
