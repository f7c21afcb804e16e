package apim

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
)

// OpenIDConfigURL is the named value that the documents of Recipe and Hardened
// expect: the address of the OpenID configuration of the tokens' issuer.
const OpenIDConfigURL = "openid-config-url"

// Variants are the names that Hardened takes.
func Variants() []string { return []string{"counter", "quota", "cache", "redis"} }

// Operations are those that Recipe and Hardened are written for: login and
// logout in the API "auth", and everything under /api/ in the API "protected".
func Operations() []Operation {
	return []Operation{
		{Name: "login", Method: "POST", Path: "/login", API: "auth"},
		{Name: "logout", Method: "POST", Path: "/logout", API: "auth"},
		{Name: "echo", Method: "*", Path: "/api/*", API: "protected"},
	}
}

// Recipe returns the published recipe, as it is.
func Recipe() map[Scope]Document { return mustDocuments("recipe") }

// Hardened returns a hardened variant of the recipe.
func Hardened(variant string) (map[Scope]Document, error) {
	documents, err := documentsIn(path.Join("hardened", variant))
	if err != nil || len(documents) == 0 {
		return nil, fmt.Errorf("there is no hardened variant %q; there are %s", variant, strings.Join(Variants(), ", "))
	}
	return documents, nil
}

// ScopeOfFile is the scope of a file by its name in fixtures/apim: global.xml,
// api.xml for the protected API, or the name of an operation.
func ScopeOfFile(name string) (Scope, bool) {
	switch base := strings.TrimSuffix(path.Base(name), ".xml"); base {
	case "global":
		return Global, true
	case "api":
		return APIScope("protected"), true
	case "login", "logout", "echo":
		return OperationScope(base), true
	}
	return "", false
}

// mustDocuments is for embedded files, which a test loads.
func mustDocuments(dir string) map[Scope]Document {
	documents, err := documentsIn(dir)
	if err != nil {
		panic(err)
	}
	return documents
}

func documentsIn(dir string) (map[Scope]Document, error) {
	names, err := fs.Glob(apimpolicies.Files, path.Join(dir, "*.xml"))
	if err != nil {
		return nil, err
	}
	documents := map[Scope]Document{}
	for _, name := range names {
		text, err := apimpolicies.Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if scope, ok := ScopeOfFile(name); ok {
			documents[scope] = Document{Name: "fixtures/apim/" + name, XML: string(text)}
		}
	}
	return documents, nil
}
