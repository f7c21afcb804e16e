// Package html renders runs and comparisons as one self-contained HTML file, without
// any script or outside resource, for the screen and for paper.
package html

import (
	"bytes"
	"embed"
	"html/template"
	"io"

	"github.com/revocheck/revocheck/report"
)

//go:embed page.css run.html parts.html compare.html
var files embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"style": Style,
	"say":   report.Printable,
}).ParseFS(files, "*.html"))

// Style is the style sheet of every page.
func Style() template.CSS { return template.CSS(must("page.css")) }

func must(name string) string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// Write renders the run for somebody who has never seen this tool: what was tested,
// what failed, why it matters and what to do, on the first screen; then all that an
// auditor asks for. The error is the writer's.
func Write(w io.Writer, r report.Run) error { return render(w, "run.html", pageOf(r.AsStored())) }

// render keeps half a page from being written.
func render(w io.Writer, name string, page any) error {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, page); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}
