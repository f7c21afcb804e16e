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
	r := policy.Registry{
		"rate-limit-by-key":               {Sections: in, Load: limit.LoadRateLimit},
		"quota-by-key":                    {Sections: in, Load: limit.LoadQuota},
		"validate-jwt":                    {Sections: in, Load: validate.LoadValidateJwt},
		"validate-azure-ad-token":         {Sections: in, Load: validate.LoadAzureAD},
		"rate-limit":                      {Sections: in, Load: limit.LoadSubscriptionRate},
		"quota":                           {Sections: in, Load: limit.LoadSubscriptionQuota},
		"cache-lookup":                    {Sections: in, Load: caching.LoadResponseLookup},
		"cache-store":                     {Sections: []string{policy.Outbound}, Load: caching.LoadResponseStore},
		"check-header":                    {Sections: in, Load: message.LoadCheckHeader},
		"cache-store-value":               {Sections: all, Load: caching.LoadCacheStore},
		"cache-lookup-value":              {Sections: all, Load: caching.LoadCacheLookup},
		"cache-remove-value":              {Sections: all, Load: caching.LoadCacheRemove},
		"include-fragment":                {Sections: all, Load: flow.LoadInclude},
		"choose":                          {Sections: all, Load: flow.LoadChoose},
		"set-variable":                    {Sections: all, Load: flow.LoadSetVariable},
		"authentication-managed-identity": {Sections: in, Load: message.LoadManagedIdentity},
		"set-header":                      {Sections: all, Load: message.LoadSetHeader},
		"set-body":                        {Sections: all, Load: message.LoadSetBody},
		"set-status":                      {Sections: all, Load: message.LoadSetStatus},
		"return-response":                 {Sections: all, Load: message.LoadReturnResponse},
		"forward-request":                 {Sections: []string{policy.Backend}, Load: flow.LoadForward},
	}
	for _, name := range []string{"retry", "limit-concurrency"} {
		r[name] = policy.Definition{Sections: all, Load: flow.LoadAround}
	}
	for _, name := range without {
		r[name] = policy.Definition{Sections: all, Load: flow.LoadNothing}
	}
	return r
}

// without are the elements without effect on a token: what they change is the
// call of the backend, which is the test's own, or a log, or the headers that
// a browser asks for.
var without = []string{
	"set-backend-service", "rewrite-uri", "set-query-parameter", "trace", "log-to-eventhub", "emit-metric", "cors", "proxy",
	"authentication-certificate", "redirect-content-urls", "jsonp", "find-and-replace", "json-to-xml", "xml-to-json",
	"llm-emit-token-metric", "azure-openai-emit-token-metric",
}
