package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// node is what a screen reader has of an element.
type node struct {
	id, role, name string
	level          int
	children       []string
}

// tree is the page as a screen reader has it, in its order.
func tree(t *testing.T, ctx context.Context) (all []node) {
	t.Helper()
	got, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range got.Nodes {
		if n.Ignored {
			continue
		}
		one := node{id: string(n.NodeID), role: text(n.Role), name: text(n.Name)}
		for _, p := range n.Properties {
			if p.Name == "level" && p.Value != nil {
				_ = json.Unmarshal(p.Value.Value, &one.level)
			}
		}
		for _, c := range n.ChildIDs {
			one.children = append(one.children, string(c))
		}
		all = append(all, one)
	}
	return all
}

func text(v *accessibility.Value) (said string) {
	if v != nil {
		_ = json.Unmarshal(v.Value, &said)
	}
	return said
}

// unheard lists what a screen reader would stumble over: a heading that skips a
// level, an image or link without a name, a table without headers or caption.
func unheard(all []node) (wrong []string) {
	last, firsts, tables, headers := 0, 0, 0, 0
	for _, n := range all {
		switch n.role {
		case "heading":
			if n.level > last+1 || n.name == "" {
				wrong = append(wrong, fmt.Sprintf("heading %q of level %d after one of level %d", n.name, n.level, last))
			}
			last = n.level
			if n.level == 1 {
				firsts++
			}
		case "image", "img", "link", "DisclosureTriangle":
			if n.name == "" {
				wrong = append(wrong, n.role+" without a name")
			}
		case "table":
			tables++
			if n.name == "" {
				wrong = append(wrong, "table without a caption")
			}
		case "columnheader":
			headers++
		}
	}
	if firsts != 1 {
		wrong = append(wrong, fmt.Sprintf("%d headings of level 1", firsts))
	}
	if headers < 3*tables {
		wrong = append(wrong, fmt.Sprintf("%d column headers of %d tables", headers, tables))
	}
	return wrong
}

func TestAScreenReaderHasAllOfIt(t *testing.T) {
	ctx := chromium(t)
	for name, url := range pages(t) {
		open(t, ctx, url, views[2])
		do(t, ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Run(ctx, chromedp.Evaluate[int](`(document.querySelectorAll('details').forEach(d => d.open = true), 0)`))
			return err
		}))
		all := tree(t, ctx)
		if len(all) < 50 {
			t.Fatalf("%s: a tree of %d nodes", name, len(all))
		}
		for _, bad := range unheard(all) {
			t.Errorf("%s: %s", name, bad)
		}
		if name == "violation.html" && images(all) != 2 {
			t.Errorf("%s has %d images: the time line and the leak window are two", name, images(all))
		}
	}
}

func images(all []node) (n int) {
	for _, one := range all {
		if one.role == "image" || one.role == "img" {
			n++
		}
	}
	return n
}

func TestTheReadersChecksFindWhatIsWrong(t *testing.T) {
	ctx := chromium(t)
	for _, body := range []string{
		`<h1>a</h1><h3>b</h3>`, `<p>no heading`, `<h1>a</h1><svg role="img" width=9 height=9><rect width=9 height=9></rect></svg>`,
		`<h1>a</h1><table><caption>c</caption><tr><td>no</td><td>header</td></tr><tr><td>1</td><td>2</td></tr></table>`, `<h1>a</h1><a href="#x"></a>`,
	} {
		open(t, ctx, planted(t, body), views[2])
		if len(unheard(tree(t, ctx))) == 0 {
			t.Errorf("nothing is found wrong in %s", body)
		}
	}
}
