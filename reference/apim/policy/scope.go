package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Scope is where a policy document applies: Global, or a product, an API or an
// operation by name.
type Scope string

// Global is the scope of all APIs.
const Global Scope = "global"

// ProductScope is the scope of a product.
func ProductScope(name string) Scope { return Scope("product/" + name) }

// APIScope is the scope of an API.
func APIScope(name string) Scope { return Scope("api/" + name) }

// OperationScope is the scope of an operation.
func OperationScope(name string) Scope { return Scope("operation/" + name) }

// Document is the text of a policy and the name that errors give it, usually
// its file.
type Document struct {
	Name string
	XML  string
}

// Operation is one operation of an API. Path is a template such as
// "/users/{id}"; a last segment "*" takes any rest. The method "*" is any.
type Operation struct {
	Name    string
	Method  string
	Path    string
	API     string
	Product string // may be empty
}

// ParseScope reads "global", "product/NAME", "api/NAME", "operation/NAME", or
// the bare name of one of these among the operations.
func ParseScope(s string, operations []Operation) (Scope, error) {
	known := ScopesOf(operations)
	if slices.Contains(known, Scope(s)) {
		return Scope(s), nil
	}
	var found []Scope
	for _, scope := range known {
		if _, name, ok := strings.Cut(string(scope), "/"); ok && name == s {
			found = append(found, scope)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fmt.Errorf("no scope is called %q; there are %s", s, List(known))
	}
	return "", fmt.Errorf("%q may be %s: write which", s, List(found))
}

// ScopesOf lists the scopes that the operations have, broadest first.
func ScopesOf(operations []Operation) []Scope {
	scopes := []Scope{Global}
	for _, level := range []func(Operation) Scope{productOf, apiOf, operationOf} {
		for _, op := range operations {
			if s := level(op); s != "" && !slices.Contains(scopes, s) {
				scopes = append(scopes, s)
			}
		}
	}
	return scopes
}

func productOf(op Operation) Scope {
	if op.Product == "" {
		return ""
	}
	return ProductScope(op.Product)
}

func apiOf(op Operation) Scope { return APIScope(op.API) }

func operationOf(op Operation) Scope { return OperationScope(op.Name) }

// Scopes lists the scopes of an operation, narrowest first.
func (op Operation) Scopes() []Scope {
	scopes := []Scope{operationOf(op), apiOf(op)}
	if op.Product != "" {
		scopes = append(scopes, productOf(op))
	}
	return append(scopes, Global)
}

// List is the scopes, with commas.
func List(scopes []Scope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}
