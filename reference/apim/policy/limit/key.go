package limit

import (
	"errors"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

// errNoKey is what a service says whose counters need a key.
var errNoKey = errors.New("the counter-key field is required")

// counterKey is the key that a call counts on. Whether one that is null or empty
// is a counter of its own or an error is for the gateway to say.
func counterKey(x *policy.Exchange, v policy.Value, source string) (string, error) {
	key, err := v.Text(x)
	if err == nil && key == "" && x.Gateway.EmptyKey == policy.EmptyKeyError {
		err = policy.Internal(source, "ExpressionValueValidationFailure", errNoKey)
	}
	return key, err
}
