package report_test

import (
	"testing"

	"github.com/revocheck/revocheck/report/internal/sample"
)

func TestComparisonCountsEveryRecordOnce(t *testing.T) {
	for i, row := range sample.Comparison().Rows() {
		var total int
		for _, c := range row.Groups {
			total += c.Passed + c.Failed + c.Warnings + c.Inconclusive + c.Errors + c.NotRun
		}
		if want := len(sample.Comparison().Runs[i].Run.Records); total != want {
			t.Errorf("%s: %d counted, %d records", row.Name, total, want)
		}
	}
}
