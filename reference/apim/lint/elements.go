package lint

import "strings"

// harmless are the elements that touch neither the token, nor a variable, nor
// a header that a key is made of, and let the request go on. Some may refuse a
// request by what it holds: that takes nothing from a revocation.
var harmless = set(`
	base cors jsonp trace set-backend-service rewrite-uri set-query-parameter set-body set-method find-and-replace
	json-to-xml xml-to-json xsl-transform redirect-content-urls ip-filter log-to-eventhub emit-metric proxy send-one-way-request
	authentication-certificate validate-content validate-parameters validate-headers validate-status-code validate-client-certificate
	validate-graphql-request validate-odata-request cache-store cache-remove-value forward-request http-data-source sql-data-source
	cosmosdb-data-source publish-event publish-to-dapr invoke-dapr-binding set-graphql-resolver cross-domain
	llm-token-limit azure-openai-token-limit llm-emit-token-metric azure-openai-emit-token-metric llm-content-safety
	llm-semantic-cache-store azure-openai-semantic-cache-store
`)

// around are the elements whose children run where they stand. What they
// repeat is seen once.
var around = set(`retry wait limit-concurrency`)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(names) {
		all[name] = true
	}
	return all
}
