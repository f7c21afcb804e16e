package html

import (
	"io"

	"github.com/revocheck/revocheck/report"
)

// comparison is one, as the template shows it.
type comparison struct {
	Overview, Groups table
	Legend           string
}

// table has the names of its columns, and its rows with a name and a class each.
type table struct {
	Head []string
	Rows []tableRow
}

type tableRow struct {
	Name, Class, Conclusion string
	Cells                   []string
}

// WriteComparison renders the comparison as one page: what one chooses by, and what
// came of each group of scenarios. The error is the writer's.
func WriteComparison(w io.Writer, c report.Comparison) error {
	rows, groups := c.Rows(), c.ByGroup()
	groups[0] = append(groups[0], "worst finding")
	for i, row := range rows {
		groups[i+1] = append(groups[i+1], row.Finding())
	}
	return render(w, "compare.html", comparison{tableOf(c.Overview(), rows), tableOf(groups, rows), report.Legend})
}

// tableOf takes the first two columns for the name and the conclusion.
func tableOf(cells [][]string, rows []report.Row) (t table) {
	t.Head = sayAll(cells[0][1:])
	for i, row := range rows {
		t.Rows = append(t.Rows, tableRow{say(row.Name), classOf(row.Conclusion), row.Conclusion.String(), sayAll(cells[i+1][2:])})
	}
	return t
}
