package report

import (
	"io"
	"strings"
)

// WriteMarkdown renders the comparison as a table of GitHub Flavored Markdown.
func (c Comparison) WriteMarkdown(w io.Writer) error {
	var out strings.Builder
	cells := c.cells()
	head := append(cells[0], "worst finding")
	markdownRow(&out, head)
	out.WriteString("|" + strings.Repeat(" --- |", len(head)) + "\n")
	for i, row := range c.Rows() {
		markdownRow(&out, append(cells[i+1], finding(row)))
	}
	out.WriteString("\nEach cell: " + legend + ".\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func markdownRow(out *strings.Builder, cells []string) {
	for _, c := range cells {
		out.WriteString("| " + markdown(c) + " ")
	}
	out.WriteString("|\n")
}

// markdown escapes the text so that it means itself in a cell.
func markdown(text string) string {
	var out strings.Builder
	for _, r := range printable(text) {
		if strings.ContainsRune("\\`*_{}[]<>()#|~&!@$", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
