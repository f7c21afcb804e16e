// Package apim runs Azure API Management policy documents in front of an
// http.Handler: small, but faithful where revocation at logout depends on it.
//
// A Service is built from documents at global, product, API and operation
// scope. A document is loaded completely or not at all: an element, an
// attribute or an expression that is not supported is a LoadError with file
// and line, and nothing is skipped.
//
// Where Microsoft's documentation leaves a behaviour open, an option chooses
// (Threshold, CountUnfinished, Sync, StoreDelay), so that a policy can be
// tried under each answer; the comment on the option says so.
package apim
