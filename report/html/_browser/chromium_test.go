package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chromium starts a browser for one test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU)
			t.Cleanup(stop)
			ctx, end := chromedp.NewContext(alloc)
			t.Cleanup(end)
			return ctx
		}
	}
	if os.Getenv("REVOCHECK_REQUIRE_BROWSER") == "1" {
		t.Fatal("Chromium is missing (Debian package chromium), and REVOCHECK_REQUIRE_BROWSER=1")
	}
	t.Skip("NOT CHECKED: Chromium is missing (Debian package chromium), so nobody looked at the HTML report")
	return nil
}

// pages are what the writer wrote, as its golden files hold it.
func pages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../testdata/*.html")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d pages: %v", len(files), err)
	}
	all := map[string]string{}
	for _, f := range files {
		abs, err := filepath.Abs(f)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(f)] = "file://" + abs
	}
	return all
}

// planted is a page of these elements, for a check to find what is wrong in it.
func planted(t *testing.T, body string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "planted.html")
	if err := os.WriteFile(name, []byte("<!DOCTYPE html><html lang=en><title>x</title><body>"+body), 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + name
}

// view is how a page is looked at.
type view struct {
	name          string
	width, height int64
	media, scheme string
}

var views = []view{
	{"phone", 360, 740, "screen", "light"}, {"tablet", 768, 1024, "screen", "light"}, {"desktop", 1280, 900, "screen", "light"},
	{"dark", 1280, 900, "screen", "dark"}, {"print", 794, 1123, "print", "light"},
}

func open(t *testing.T, ctx context.Context, url string, v view) {
	t.Helper()
	do(t, ctx, chromedp.EmulateViewport(v.width, v.height))
	_, err := chromedp.Run(ctx, chromedp.Steps()) // opens the tab
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media: v.media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(url))
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// found is what a script in the page finds wrong, a line each.
func found(t *testing.T, ctx context.Context, script string) []string {
	t.Helper()
	lines, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](script))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// keep leaves a picture for people, if they asked for one.
func keep(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("REVOCHECK_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666)
	}
	if err != nil {
		t.Error(err)
	}
}
