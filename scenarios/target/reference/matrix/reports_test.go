package matrix_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios/target/reference/matrix"
)

// record is the page of public reports.
const record = "../../../catalogue/REPORTS.md"

// reportRow reads a row of the page: its link, its scenario, its fault.
var reportRow = regexp.MustCompile("^\\| \\[[^\\]]+\\]\\((https://[^)]+)\\) \\| [^|]+ \\| `([^`]+)` \\| `([^`]+)` \\|$")

func TestEachPublicReportIsFoundByItsScenario(t *testing.T) {
	page, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, string(page))
	if len(rows) < 30 {
		t.Errorf("%d reports, want 30 or more", len(rows))
	}
	links, ofScenario := map[string]bool{}, map[string]int{}
	for _, row := range rows {
		link, scenario, fault := row[1], row[2], row[3]
		if links[link] {
			t.Errorf("%s has two rows", link)
		}
		if links[link], ofScenario[scenario] = true, ofScenario[scenario]+1; ofScenario[scenario] == 5 {
			t.Errorf("%s has more than four rows", scenario)
		}
		if !finds(t, scenario, fault) {
			t.Errorf("%s: %s does not find %s", link, scenario, fault)
		}
	}
}

// rowsOf are the rows of the page's table, below its head.
func rowsOf(t *testing.T, page string) (rows [][]string) {
	_, table, _ := strings.Cut(page, "|---|---|---|---|\n")
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		row := reportRow.FindStringSubmatch(line)
		if row == nil {
			t.Errorf("not a row of the form | [NAME](LINK) | WHAT | `SCENARIO` | `FAULT` |: %s", line)
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

func finds(t *testing.T, scenario, fault string) bool {
	meant, also, err := matrix.Faults(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Contains(meant, fault) || slices.Contains(also, fault)
}
