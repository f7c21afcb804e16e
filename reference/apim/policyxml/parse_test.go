package policyxml_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

func parse(t *testing.T, source string) *policyxml.Node {
	t.Helper()
	n, err := policyxml.Parse("f.xml", source)
	require.NoError(t, err)
	return n
}

// As people write it, and as a tool escapes it: the same value.
func TestExpressionsInAttributes(t *testing.T) {
	for _, source := range []string{
		`<a k="@(f("x","<>") && 1 < 2)"/>`,
		`<a k='@(f("x","<>") && 1 < 2)'/>`,
		`<a k="@(f(&quot;x&quot;,&quot;&lt;&gt;&quot;) &amp;&amp; 1 &lt; 2)"/>`,
		"<a k=\"\n @(f(\"x\",\"<>\") && 1 < 2) \" />",
	} {
		assert.Equal(t, `@(f("x","<>") && 1 < 2)`, parse(t, source).Attrs[0].Value, source)
	}
}

func TestWhereAnExpressionEnds(t *testing.T) {
	for _, e := range []string{
		`@(")")`, `@('"')`, `@('\'')`, `@("\")")`, `@(@"\")`, `@(@"a"")""")`, `@(1 /* ) " */)`, `@{ return "}"; }`,
		`@{ if (a) { return b[0]; } }`, `@($"{x})")`, `@($"{x["}"]}) {{ {$"{"("}"}")`, `@(a > b ? "<" : ">")`,
	} {
		n := parse(t, `<r><a k="`+e+`" l="2"/><b>`+e+`</b></r>`)
		assert.Equal(t, e, n.Children[0].Attrs[0].Value)
		assert.Equal(t, "2", n.Children[0].Attrs[1].Value)
		assert.Equal(t, e, n.Children[1].Text)
	}
	n := parse(t, "<a>@{ // it's \")\n return 1; }</a>")
	assert.Contains(t, n.Text, "return 1")
}

func TestPositions(t *testing.T) {
	n := parse(t, "\ufeff<?xml version=\"1.0\"?>\n<r>\n  <!-- x\n -->\n  <a\n    k=\"@{\n }\"/><b>\n text </b>\n</r>")
	a, b := n.Children[0], n.Children[1]
	assert.Equal(t, policyxml.Pos{Line: 5, Column: 3}, a.Pos)
	assert.Equal(t, policyxml.Pos{Line: 6, Column: 5}, a.Attrs[0].Pos)
	assert.Equal(t, policyxml.Pos{Line: 6, Column: 8}, a.Attrs[0].ValuePos)
	assert.Equal(t, 7, b.Pos.Line)
	assert.Equal(t, 8, b.TextPos.Line)
	assert.Equal(t, "text", b.Text)
}

func TestText(t *testing.T) {
	assert.Equal(t, `a < b & "c" é`, parse(t, `<r> a &lt; b &amp; <![CDATA["c"]]> &#233;<!-- no --></r>`).Text)
	assert.Equal(t, "@(1)", parse(t, `<r><![CDATA[@(1)]]></r>`).Text)
	assert.Equal(t, `{ "a": 1 }`, parse(t, `<r>{ "a": 1 }</r>`).Text)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`<a k="@(f("x") && 1 < 2)"/>`, `<a>@{ return "}"; }</a>`, `<a><![CDATA[x]]><!-- --></a>`, `<a k='&#x41;&lt;'/>`, "<?x?><a\nb='1'/>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		_, err := policyxml.Parse("f.xml", source)
		var located *policyxml.Error
		if err != nil && (!errors.As(err, &located) || located.Pos.Line < 1 || located.Pos.Line > strings.Count(source, "\n")+1) {
			t.Fatalf("an error without a place: %v", err)
		}
	})
}
