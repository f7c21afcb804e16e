package concurrency_test

import "github.com/revocheck/revocheck/reference/internal/trial"

var trackedObservations = map[string]trial.Sound{
	"signature-cache-outlives-revocation": deadThoughJustAccepted,
	"tracked-cache-serves-own-logout":     deadThoughJustAccepted,
}
