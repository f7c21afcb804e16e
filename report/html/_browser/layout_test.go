package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// contrast finds text that stands out from what is behind it by less than 4.5 to 1
// (WCAG 2.2, 1.4.3), or 3 to 1 where it is large.
const contrast = `(() => {
  const parse = c => (c.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const opaque = c => c.length < 4 || c[3] === 1;
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (opaque(c) && c.length) return c; } return [255, 255, 255] };
  const wrong = new Set();
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const style = getComputedStyle(e), svg = e instanceof SVGElement;
    const front = light(parse(svg ? style.fill : style.color)), back = light(behind(svg ? e.closest('svg').parentElement : e));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) wrong.add(e.tagName + '.' + (e.getAttribute('class') || '') + ': ' + ratio.toFixed(2));
  }
  return [...wrong];
})()`

// wide finds what makes the page wider than the screen.
const wide = `(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > room + 1).slice(0, 5)
    .map(e => e.tagName + '.' + (e.getAttribute('class') || '') + ' ends at ' + Math.round(e.getBoundingClientRect().right) + ' of ' + room).concat('the page is ' + document.documentElement.scrollWidth + ' wide');
})()`

// hidden finds what is folded away.
const hidden = `[...document.querySelectorAll('details > :not(summary)')].filter(e => !e.checkVisibility({contentVisibilityAuto: true, checkVisibilityCSS: true}) || e.getBoundingClientRect().height === 0).map(e => e.parentElement.className + ' ' + e.id)`

func TestEachPageInEachView(t *testing.T) {
	ctx := chromium(t)
	for name, url := range pages(t) {
		for _, v := range views {
			open(t, ctx, url, v)
			for _, bad := range found(t, ctx, wide) {
				t.Errorf("%s, %s: %s", name, v.name, bad)
			}
			for _, bad := range found(t, ctx, contrast) {
				t.Errorf("%s, %s: contrast of %s", name, v.name, bad)
			}
			keep(t, ctx, strings.TrimSuffix(name, ".html")+"-"+v.name)
		}
	}
}

// On paper nothing is folded away.
func TestPaperHasAllOfIt(t *testing.T) {
	ctx := chromium(t)
	for name, url := range pages(t) {
		open(t, ctx, url, views[4])
		for _, bad := range found(t, ctx, hidden) {
			t.Errorf("%s: hidden in print: %s", name, bad)
		}
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
		if err != nil || len(pdf) < 1000 {
			t.Errorf("%s: a document of %d bytes, %v", name, len(pdf), err)
		}
		if dir := os.Getenv("REVOCHECK_SCREENSHOTS"); dir != "" {
			_ = os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o666)
		}
	}
}

// The first screen of a failing run tells what was tested, what failed, why it
// matters and what to do.
func TestTheFirstScreen(t *testing.T) {
	ctx := chromium(t)
	for _, v := range views[1:3] {
		open(t, ctx, pages(t)["located.html"], v)
		for _, bad := range found(t, ctx, `['h1', 'header p', '.cause h3', '.cause dd:nth-of-type(2)', '.cause dd:nth-of-type(3)'].filter(s => { const e = document.querySelector(s); return !e || e.getBoundingClientRect().bottom > innerHeight })`) {
			t.Errorf("%s: %s is not on the first screen", v.name, bad)
		}
	}
}

// Each check finds what it is there for.
func TestTheChecksFindWhatIsWrong(t *testing.T) {
	ctx := chromium(t)
	for body, script := range map[string]string{
		`<p style="color:#aaa">grey on white`:                                  contrast,
		`<div style="background:#222"><p style="color:#555">grey on black`:     contrast,
		`<svg role=img aria-label=x><text y=20 fill="#ccc">faint</text></svg>`: contrast,
		`<p style="width:2000px">wide`:                                         wide,
		`<details class=folded><summary>s</summary><p>hidden</p></details>`:    hidden,
	} {
		open(t, ctx, planted(t, body), views[2])
		if len(found(t, ctx, script)) == 0 {
			t.Errorf("nothing is found wrong in %s", body)
		}
	}
}
