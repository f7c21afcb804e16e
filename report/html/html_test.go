package html

import (
	"flag"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the difference before you commit it")

// The golden files are what the browser's tests look at, too.
func TestGolden(t *testing.T) {
	for _, name := range []string{"conformant", "nonconformant", "partial", "located", "violation", "hostile", "empty"} {
		run := sample.Runs[name]
		if err := sample.Golden(*update, name+".html", func(w io.Writer) error { return Write(w, run) }); err != nil {
			t.Error(err)
		}
	}
}

func TestGoldenComparison(t *testing.T) {
	if err := sample.Golden(*update, "compare.html", func(w io.Writer) error { return WriteComparison(w, sample.Comparison()) }); err != nil {
		t.Error(err)
	}
	var out strings.Builder
	if err := WriteComparison(&out, report.Comparison{Runs: []report.NamedRun{{Name: sample.Hostile, Posture: sample.Hostile, Run: sample.Runs["hostile"]}}}); err != nil {
		t.Fatal(err)
	}
	selfContained(t, out.String())
}

func written(t testing.TB, r report.Run) string {
	t.Helper()
	var out strings.Builder
	if err := Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// walk calls f for each element of a document.
func walk(t testing.TB, document string, f func(name string, attrs map[string]string)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attrs := map[string]string{}
		for _, a := range n.Attr {
			attrs[a.Key] = a.Val
		}
		f(n.Data, attrs)
	}
}

// selfContained fails the test if the page loads anything, runs anything, or has a
// link into itself that leads nowhere.
func selfContained(t testing.TB, document string) {
	t.Helper()
	ids, links := map[string]bool{}, []string{}
	walk(t, document, func(name string, attrs map[string]string) {
		switch name {
		case "script", "link", "iframe", "object", "embed", "img", "form", "failure", "base":
			t.Errorf("the page has a <%s>", name)
		}
		for key, value := range attrs {
			switch {
			case strings.HasPrefix(key, "on") || key == "src" || key == "style":
				t.Errorf("<%s %s=%q>", name, key, value)
			case key == "href" && strings.HasPrefix(value, "#"):
				links = append(links, value[1:])
			case key == "href" && !strings.HasPrefix(value, "https://www.rfc-editor.org/rfc/rfc") && !strings.HasPrefix(value, "https://cwe.mitre.org/data/definitions/"):
				t.Errorf("a link leads to %q", value)
			case key == "id" && ids[value]:
				t.Errorf("two elements have the id %q", value)
			}
		}
		ids[attrs["id"]] = true
	})
	for _, l := range links {
		if !ids[l] {
			t.Errorf("a link leads to #%s, which is not there", l)
		}
	}
	if strings.Contains(document, "@import") || strings.Contains(document, "url(") {
		t.Error("the style loads something")
	}
}

func TestAPageIsSelfContained(t *testing.T) {
	for _, run := range sample.Runs {
		selfContained(t, written(t, run))
	}
}

func FuzzPage(f *testing.F) {
	f.Add(sample.Hostile)
	f.Add(`"><script>alert(1)</script><a href="javascript:x">`)
	f.Add("RFC 1 section 2\" onclick=x")
	f.Fuzz(func(t *testing.T, text string) { selfContained(t, written(t, sample.HostileRun(text))) })
}

// Where a reader looks first stands what failed, why it matters and what to do.
func TestTheFirstScreenSaysIt(t *testing.T) {
	page := written(t, sample.Located())
	last := -1
	for _, want := range []string{
		"nonconformant</span>", "<h1>“my gateway” does not conform: a logged-out token is still accepted, and 1 more finding.</h1>", "run by Ann Auditor",
		"A copied token must be worth nothing", "Why it matters</dt><dd>A stolen copy works until exp", "What to do</dt><dd>Refuse revoked tokens on every call",
		"gateways/my own.yaml:14 (logout.path)", "<h2 id=\"facts\">",
	} {
		at := strings.Index(page, want)
		if at <= last {
			t.Errorf("%q stands at %d, after %d", want, at, last)
		}
		last = at
	}
}

// Each conclusion has a sentence, and none but the best praises.
func TestSentences(t *testing.T) {
	for c, want := range map[report.Conclusion]string{
		report.Conformant: "conforms:", report.Partial: "is not shown to conform", report.Broken: "says too little", report.Unconcluded: "Nothing was tested",
		report.Nonconformant: "does not conform",
	} {
		run := sample.Base(c, sample.Runs["conformant"].Records...)
		if c == report.Unconcluded {
			run.Records = nil
		}
		if text := sentence(run); !strings.Contains(text, want) {
			t.Errorf("%s: %s", c, text)
		}
	}
}

// A run that leaves something without proof says so at the head of its page, and
// lists what it left out.
func TestThePageOfASmokeRun(t *testing.T) {
	run := sample.Base(report.Conformant, report.Record{ID: "a/pass", Title: "t", Verdict: report.Pass})
	run.Profile, run.Unproven, run.LeftOut = "smoke", "retention", []string{"retention/past-60s"}
	var out strings.Builder
	if err := Write(&out, run); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"conformant (smoke: not a proof of retention)", "Left out by the profile", "retention/past-60s"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q on the page", want)
		}
	}
}
