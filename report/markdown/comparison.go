// Package markdown renders comparisons for documents and for the comments of a
// code review.
package markdown

import (
	"io"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// WriteComparison renders the comparison as a table of GitHub Flavored Markdown.
func WriteComparison(w io.Writer, c report.Comparison) error {
	var out strings.Builder
	cells := c.Table()
	head := append(cells[0], "worst finding")
	writeRow(&out, head)
	out.WriteString("|" + strings.Repeat(" --- |", len(head)) + "\n")
	for i, row := range c.Rows() {
		writeRow(&out, append(cells[i+1], row.Finding()))
	}
	out.WriteString("\nEach cell: " + report.Legend + ".\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func writeRow(out *strings.Builder, cells []string) {
	for _, c := range cells {
		out.WriteString("| " + escape(c) + " ")
	}
	out.WriteString("|\n")
}

// escape writes the text so that it means itself in a cell.
func escape(text string) string {
	var out strings.Builder
	for _, r := range report.Printable(text) {
		if strings.ContainsRune("\\`*_{}[]<>()#|~&!@$", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
