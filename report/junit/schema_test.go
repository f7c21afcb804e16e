package junit

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report/internal/sample"
)

const schema = "testdata/schema/junit-4.xsd"

// validate checks a document by the schema of Jenkins' dtkit.
func validate(document string) (string, error) {
	cmd := exec.Command("xmllint", "--noout", "--nonet", "--schema", schema, "-")
	cmd.Stdin = strings.NewReader(document)
	said, err := cmd.CombinedOutput()
	return string(said), err
}

func TestTheStrictSchemaTakesEveryRun(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("NOT CHECKED: xmllint is missing (Debian package libxml2-utils), so the strict schema of JUnit was not asked")
	}
	for name, run := range sample.Runs {
		var out strings.Builder
		if err := Write(&out, run); err != nil {
			t.Fatal(err)
		}
		if said, err := validate(out.String()); err != nil {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
	doc, err := os.ReadFile(filepath.Join("testdata", "nonconformant.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{`<testsuites skipped="1" `, `<testsuites><oops/></testsuites><testsuites `} {
		if _, err := validate(strings.Replace(string(doc), "<testsuites ", bad, 1)); err == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}
