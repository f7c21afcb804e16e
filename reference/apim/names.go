package apim

import "github.com/revocheck/revocheck/reference/apim/policy"

// Scope is where a policy document applies.
type Scope = policy.Scope

// Global is the scope of all APIs.
const Global = policy.Global

// Document is the text of a policy and the name that errors give it.
type Document = policy.Document

// Operation is one operation of an API.
type Operation = policy.Operation

// LoadErrors are all that is wrong in a set of documents.
type LoadErrors = policy.LoadErrors

// ProductScope is the scope of a product.
func ProductScope(name string) Scope { return policy.ProductScope(name) }

// APIScope is the scope of an API.
func APIScope(name string) Scope { return policy.APIScope(name) }

// OperationScope is the scope of an operation.
func OperationScope(name string) Scope { return policy.OperationScope(name) }

// ParseScope reads a scope, or the bare name of one among the operations.
func ParseScope(s string, operations []Operation) (Scope, error) {
	return policy.ParseScope(s, operations)
}
