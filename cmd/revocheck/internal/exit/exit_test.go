package exit

import (
	"errors"
	"fmt"
	"testing"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/scenarios"
)

// What ends the program decides its exit code, however it is wrapped.
func TestEachErrorHasItsCode(t *testing.T) {
	plain := errors.New("plain")
	for name, c := range map[string]struct {
		err  error
		code int
	}{
		"none":                  {nil, 0},
		"of the flags":          {plain, CodeUsage},
		"usage":                 {Usage("no %w", plain), CodeUsage},
		"broken":                {Broken(plain), CodeBroken},
		"partial":               {Partial("so far"), CodePartial},
		"a verdict":             {Verdict(1), 1},
		"a good verdict":        {Verdict(0), 0},
		"wrapped":               {fmt.Errorf("and: %w", Broken(plain)), CodeBroken},
		"the first of two":      {errors.Join(Usage("one"), Broken(plain)), CodeUsage},
		"a store that is away":  {NotStarted(fmt.Errorf("x: %w", store.ErrUnreachable)), CodeBroken},
		"asked for wrongly":     {NotStarted(plain), CodeUsage},
		"an unreachable target": {RunError(&scenarios.PreflightError{Unreachable: true}), CodeBroken},
		"a wrong target file":   {RunError(&scenarios.PreflightError{}), CodeUsage},
	} {
		if got := Code(c.err); got != c.code {
			t.Errorf("%s: code %d, not %d", name, got, c.code)
		}
	}
	if !errors.Is(Usage("no %w", plain), plain) || Verdict(1).Error() != "" {
		t.Error("a cause is lost, or a verdict says what the report has said")
	}
}
