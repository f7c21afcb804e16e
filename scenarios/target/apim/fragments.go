package apim

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/revocheck/revocheck/reference/apim"
)

// fragmentPatterns are where the fragments of a directory lie.
var fragmentPatterns = []string{"*.fragment", "fragments/*.xml", "fragments/*.fragment"}

// ReadFragments reads the fragments that NAME=FILE pairs name, those of
// directories, and those that lie beside the documents. A fragment without a
// NAME is called as its file is, without the extension. Errors name the pair.
func ReadFragments(pairs []string, policies map[apim.Scope]apim.Document) (map[string]apim.Document, error) {
	fragments := map[string]apim.Document{}
	for _, d := range policies {
		if err := readBeside(filepath.Dir(d.Name), fragments); err != nil {
			return nil, err
		}
	}
	for _, pair := range pairs {
		name, file, named := strings.Cut(pair, "=")
		if !named {
			name, file = "", pair
		}
		if err := readGiven(name, file, fragments); err != nil {
			return nil, fmt.Errorf("fragment %q: %w", pair, err)
		}
	}
	return fragments, nil
}

func readGiven(name, file string, fragments map[string]apim.Document) error {
	if info, err := os.Stat(file); err == nil && info.IsDir() && name == "" {
		names, err := filepath.Glob(filepath.Join(file, "*.xml"))
		if err != nil {
			return err
		}
		for _, n := range names {
			if err := readGiven("", n, fragments); err != nil {
				return err
			}
		}
		return readBeside(file, fragments)
	}
	text, err := readDocument(file)
	if err != nil {
		return err
	}
	if name == "" {
		name, _, _ = strings.Cut(filepath.Base(file), ".")
	}
	fragments[name] = apim.Document{Name: file, XML: text}
	return nil
}

func readBeside(dir string, fragments map[string]apim.Document) error {
	for _, pattern := range fragmentPatterns {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, n := range names {
			if err := readGiven("", n, fragments); err != nil {
				return err
			}
		}
	}
	return nil
}
