package lint

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// document is a file that was read.
type document struct {
	name  string
	level string // global, product, api or operation; fragment for one of these
	api   string // of an operation, may be empty
	id    string
	root  *policyxml.Node
	// programs are what was compiled: every sample runs every expression.
	programs map[string]compiled
	// fragments are those of all documents, by name.
	fragments map[string]*document
}

type compiled struct {
	program *expr.Program
	err     error
}

func (d *document) compile(text string) (*expr.Program, error) {
	c, ok := d.programs[text]
	if !ok {
		c.program, c.err = expr.Compile(text)
		d.programs[text] = c
	}
	return c.program, c.err
}

var namedValue = regexp.MustCompile(`\{\{([A-Za-z0-9_.-]+)\}\}`)

const anyNamedValue = "0256"

// load reads all files; of one that cannot be read the findings say why. The
// error is about a scope, or says that nothing could be read.
func load(files []File, o Options) ([]*document, []Finding, error) {
	var documents []*document
	var unread []Finding
	fragments := map[string]*document{}
	for _, f := range files {
		d, err := read(f, o)
		var malformed *policyxml.Error
		switch {
		case errors.As(err, &malformed):
			unread = append(unread, Finding{NotJudged, f.Name, malformed.Pos.Line, malformed.Msg + ": nothing of the file is judged"})
			continue
		case err != nil:
			return nil, nil, err
		case d.level == "fragment":
			fragments[d.id] = d
		}
		d.fragments = fragments
		documents = append(documents, d)
	}
	return documents, unread, nil
}

func read(f File, o Options) (*document, error) {
	text := namedValue.ReplaceAllStringFunc(f.Text, func(match string) string {
		if v, ok := o.NamedValues[match[2:len(match)-2]]; ok {
			return v
		}
		return anyNamedValue
	})
	root, err := policyxml.Parse(f.Name, text)
	if err != nil {
		return nil, err
	}
	d := &document{name: f.Name, root: root, programs: map[string]compiled{}}
	switch root.Name {
	case "fragment":
		d.level, d.id = "fragment", FragmentByName(f.Name)
		if name, ok := strings.CutPrefix(f.Scope, "fragment/"); ok {
			d.id = name
		}
		return d, nil
	case "policies":
		return d, d.place(f)
	}
	return nil, &policyxml.Error{File: f.Name, Pos: root.Pos, Msg: "the root element of a policy document is <policies>, that of a fragment <fragment>"}
}

// place reads the scope of a document.
func (d *document) place(f File) error {
	parts := strings.Split(f.Scope, "/")
	d.level, d.id = parts[0], parts[len(parts)-1]
	known := d.level == "global" && len(parts) == 1 ||
		slices.Contains([]string{"product", "api", "operation"}, d.level) && len(parts) == 2 ||
		d.level == "operation" && len(parts) == 3
	if !known {
		return fmt.Errorf("%s: the scope %q is none of global, product/NAME, api/NAME, operation/NAME, operation/API/NAME", f.Name, f.Scope)
	}
	if len(parts) == 3 {
		d.api = parts[1]
	}
	return nil
}

// FragmentByName is the fragment that a file holds, by the file's name without
// its extension.
func FragmentByName(file string) string {
	base := file[strings.LastIndexAny(file, `/\`)+1:]
	if i := strings.IndexByte(base, '.'); i > 0 {
		base = base[:i]
	}
	return base
}
