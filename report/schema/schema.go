// Package schema holds the published JSON Schema of a stored run.
package schema

import _ "embed"

// Run is the JSON Schema (draft 2020-12) of what report.WriteJSON writes.
//
//go:embed run.json
var Run string
