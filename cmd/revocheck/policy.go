package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/reference/apim/lint"
)

func policyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Look at Azure API Management policy files",
	}
	cmd.AddCommand(policyLintCommand())
	return cmd
}

// lintFlags are the facts that policy files do not hold, and the outputs.
type lintFlags struct {
	lifetime    time.Duration
	tier        string
	named       map[string]string
	fragments   []string
	json, sarif string
	out         results.Files
}

func policyLintCommand() *cobra.Command {
	f := lintFlags{}
	cmd := &cobra.Command{
		Use:   "lint [SCOPE=]FILE...",
		Short: "Find holes in policies that revoke a token at logout",
		Long: `Find holes in Azure API Management policies that revoke a token at logout. Give
all files that belong together: a check in one file and the logout in another
are judged as one. A directory stands for its .xml files, and for the fragments
in it: .fragment files, and those in a directory called fragments. A file whose
root element is <fragment> is a fragment of the file's name.

SCOPE is global, product/NAME, api/NAME, operation/NAME or operation/API/NAME;
or, as for run, api, product, or the name of an operation such as logout.
Without it the file's name decides: global.xml, api.xml or api-NAME.xml,
product-NAME.xml, and any other name is an operation. An operation whose API is
not named inherits from the API's file, if there is only one, and both from the
product's file, if there is only one.

What revocheck does not understand is listed as "not judged", if it could matter
to the revocation; all else is judged.

Exit codes: 0 all is judged and nothing found; 1 findings; 2 a file cannot be
read, or nothing was found and something is not judged.`,
		Args: help.Arguments("FILE..."),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	cmd.Flags().DurationVar(&f.lifetime, "token-lifetime", time.Hour, "how long a token lives")
	cmd.Flags().StringVar(&f.tier, "tier", "", "the service's `TIER`: classic, v2 or consumption (default unknown)")
	cmd.Flags().StringToStringVar(&f.named, "named-value", nil, "`NAME=VALUE` of a {{NAME}} in the files; one that is not given stands for 0256")
	cmd.Flags().StringArrayVar(&f.fragments, "fragment", nil, "`NAME=FILE` of an include-fragment, or a directory of them; may be repeated")
	cmd.Flags().StringVar(&f.json, "json", "", "write the findings as JSON to this `FILE`, - for standard output")
	cmd.Flags().StringVar(&f.sarif, "sarif", "", "write the findings as SARIF to this `FILE`, - for standard output")
	return cmd
}

func (f *lintFlags) run(cmd *cobra.Command, args []string) error {
	if !slices.Contains([]string{"", "classic", "v2", "consumption"}, f.tier) {
		return exit.Usage("--tier %q is none of classic, v2, consumption", f.tier)
	}
	if f.lifetime <= 0 {
		return exit.Usage("--token-lifetime must be positive")
	}
	files, err := f.read(args)
	if err != nil {
		return exit.Usage("%w", err)
	}
	f.out.Stdout = cmd.OutOrStdout()
	f.out.Add("json", f.json)
	f.out.Add("sarif", f.sarif)
	var read []string
	for _, file := range files {
		read = append(read, file.Name)
	}
	if err := f.out.Check(read...); err != nil {
		return err
	}
	findings, unread := lint.Lint(files, lint.Options{TokenLifetime: f.lifetime, Tier: lint.Tier(f.tier), NamedValues: f.named})
	if err := f.write(cmd.OutOrStdout(), findings); err != nil {
		return err
	}
	switch holes, reserved := lint.Count(findings); {
	case unread != nil:
		return exit.Usage("%w", unread)
	case holes > 0:
		return exit.Verdict(1)
	case reserved > 0:
		return exit.Usage("nothing was found, and not all is judged: %d not understood", reserved)
	}
	return nil
}

// read reads the files of the arguments and the fragments.
func (f *lintFlags) read(args []string) ([]lint.File, error) {
	files, err := policyFiles(args)
	if err != nil {
		return nil, err
	}
	for _, given := range f.fragments {
		name, file, named := strings.Cut(given, "=")
		if !named {
			name, file = "", given
		}
		names, err := xmlFiles(file)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			text, err := os.ReadFile(n)
			if err != nil {
				return nil, err
			}
			scope := "fragment/" + lint.FragmentByName(n)
			if named {
				scope = "fragment/" + name
			}
			files = append(files, lint.File{Name: n, Scope: scope, Text: string(text)})
		}
	}
	return files, nil
}

// write writes what was asked for, and then the text. Standard output has one
// form: with -, there is no text.
func (f *lintFlags) write(out io.Writer, findings []lint.Finding) error {
	if err := f.writeForms(findings); err != nil || f.out.OnStdout() {
		return err
	}
	return results.Shown(lint.WriteText(out, findings))
}

func (f *lintFlags) writeForms(findings []lint.Finding) error {
	return errors.Join(
		f.out.Write("json", func(w io.Writer) error { return lint.WriteJSON(w, findings) }),
		f.out.Write("sarif", func(w io.Writer) error { return lint.WriteSARIF(w, findings) }))
}

// policyFiles reads the arguments, each [SCOPE=]FILE or a directory.
func policyFiles(args []string) ([]lint.File, error) {
	var files []lint.File
	for _, arg := range args {
		scope, name, scoped := strings.Cut(arg, "=")
		if !scoped {
			scope, name = "", arg
		}
		names, err := xmlFiles(name)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			file, err := policyFile(scope, n)
			if err != nil {
				return nil, err
			}
			files = append(files, file)
		}
	}
	return files, nil
}

// xmlFiles is a file itself, or the documents and fragments of a directory.
func xmlFiles(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []string{name}, err
	}
	var names []string
	for _, pattern := range []string{"*.xml", "*.fragment", "fragments/*.xml", "fragments/*.fragment"} {
		found, err := filepath.Glob(filepath.Join(name, pattern))
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		return nil, &os.PathError{Op: "read", Path: filepath.Join(name, "*.xml"), Err: os.ErrNotExist}
	}
	return names, nil
}

func policyFile(scope, name string) (lint.File, error) {
	if scope == "" {
		scope = lint.ScopeByName(name)
	}
	scope = lint.ScopeNamed(scope)
	text, err := os.ReadFile(name)
	return lint.File{Name: name, Scope: scope, Text: string(text)}, err
}
