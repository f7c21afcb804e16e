package apim

import (
	"fmt"
	"os"
	"strings"

	"github.com/revocheck/revocheck/reference/apim"
)

// maxDocument is the size in bytes of a file that is still read. API
// Management takes 256 KiB; what is just above it gets an error of its own.
const maxDocument = 1 << 20

// ReadPolicies reads the documents that SCOPE=FILE pairs name. A scope is
// global, product (of all but the open route), api (the protected API), login,
// logout, echo or public (operations), or one that apim.ParseScope reads. Errors name the pair.
func ReadPolicies(pairs []string) (map[apim.Scope]apim.Document, error) {
	documents := map[apim.Scope]apim.Document{}
	for _, pair := range pairs {
		name, file, ok := strings.Cut(pair, "=")
		if !ok || name == "" || file == "" {
			return nil, fmt.Errorf("policy %q: write SCOPE=FILE, such as logout=logout.xml", pair)
		}
		scope, err := scopeNamed(name)
		if err != nil {
			return nil, fmt.Errorf("policy %q: %w", pair, err)
		}
		if before, twice := documents[scope]; twice {
			return nil, fmt.Errorf("policy %q: %s has a document already, %s", pair, scope, before.Name)
		}
		text, err := readDocument(file)
		if err != nil {
			return nil, fmt.Errorf("policy %q: %w", pair, err)
		}
		documents[scope] = apim.Document{Name: file, XML: text}
	}
	return documents, nil
}

func scopeNamed(name string) (apim.Scope, error) {
	if scope, ok := apim.ScopeOfFile(name); ok && !strings.Contains(name, "/") {
		return scope, nil
	}
	return apim.ParseScope(name, operations())
}

func readDocument(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > maxDocument {
		return "", fmt.Errorf("%s is not a file of at most %d bytes", file, maxDocument)
	}
	text, err := os.ReadFile(file)
	return string(text), err
}
