// Package browser has the tests that look at the pages of report/html in headless
// Chromium: at three widths, on paper, in the dark, and as a screen reader has them.
//
//	cd report/html/_browser && go test ./...
//
// Without Chromium they are skipped and say so; with REVOCHECK_REQUIRE_BROWSER=1 they
// fail. With REVOCHECK_SCREENSHOTS=DIR they leave what they saw in that folder.
package browser
