package report_test

import (
	"fmt"
	"os"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/terminal"
)

func Example() {
	run := report.Run{
		Tool:    report.Tool{Name: "revocheck", Version: "1.0.0"},
		Subject: report.Subject{Name: "gateway", Kind: "remote"},
		Profile: "wire",
		Records: []report.Record{
			{ID: "replay/after-logout", Title: "A copied token dies at logout", Core: true, Verdict: report.Pass},
		},
	}
	run.Conclusion = run.Conclude()
	if err := terminal.Write(os.Stdout, run, terminal.Options{}); err != nil {
		fmt.Println(err)
	}
	fmt.Println("exit", report.ExitCode(run, false))
	// Output:
	// CONFORMANT  1 passed, 0 failed   0 ms
	// gateway (remote), profile wire, seed 0
	//
	// Details: --verbose, or --json FILE and then revocheck report FILE --only ID
	// exit 0
}

func ExampleRedactor() {
	var secrets report.Redactor
	secrets.Add("correct-horse")
	text := "login answered 500: password=correct-horse"
	fmt.Println(secrets.Verify(text))
	fmt.Println(secrets.Clean(text))
	// Output:
	// secret 1 (as it is) stands at byte 29 of the text
	// login answered 500: password=[***]
}

func ExampleDiff() {
	before := report.Run{Records: []report.Record{{ID: "replay/after-logout", Verdict: report.Pass}}}
	after := report.Run{Records: []report.Record{{ID: "replay/after-logout", Verdict: report.Fail, Why: "the copy was accepted"}}}
	d := report.Diff(before, after)
	for _, c := range d.Changes {
		fmt.Println(c.ID, c)
	}
	fmt.Println("exit", d.ExitCode())
	// Output:
	// replay/after-logout pass, then fail (the copy was accepted)
	// exit 1
}
