package apim

import (
	"github.com/revocheck/revocheck/reference/apim/policy"
	"github.com/revocheck/revocheck/reference/apim/policy/caching"
	"github.com/revocheck/revocheck/reference/apim/policy/flow"
	"github.com/revocheck/revocheck/reference/apim/policy/limit"
	"github.com/revocheck/revocheck/reference/apim/policy/message"
	"github.com/revocheck/revocheck/reference/apim/policy/validate"
)

// registry are the policies that documents may hold.
func registry() policy.Registry {
	in, all := []string{policy.Inbound}, policy.Sections
	return policy.Registry{
		"rate-limit-by-key":  {Sections: in, Load: limit.LoadRateLimit},
		"quota-by-key":       {Sections: in, Load: limit.LoadQuota},
		"validate-jwt":       {Sections: in, Load: validate.LoadValidateJwt},
		"check-header":       {Sections: in, Load: message.LoadCheckHeader},
		"cache-store-value":  {Sections: all, Load: caching.LoadCacheStore},
		"cache-lookup-value": {Sections: all, Load: caching.LoadCacheLookup},
		"cache-remove-value": {Sections: all, Load: caching.LoadCacheRemove},
		"choose":             {Sections: all, Load: flow.LoadChoose},
		"set-variable":       {Sections: all, Load: flow.LoadSetVariable},
		"set-header":         {Sections: all, Load: message.LoadSetHeader},
		"set-body":           {Sections: all, Load: message.LoadSetBody},
		"set-status":         {Sections: all, Load: message.LoadSetStatus},
		"return-response":    {Sections: all, Load: message.LoadReturnResponse},
		"forward-request":    {Sections: []string{policy.Backend}, Load: flow.LoadForward},
	}
}
