package subject

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
	policy "github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/apim"
)

// APIM are the flags that describe an API Management service that is emulated.
type APIM struct {
	policies        []string
	threshold, tier string
	sync, handler   string
	emptyKey        string
	lifetime        time.Duration
	subscriptionKey string
	regions         int
	externalCache   bool
	named           map[string]string
	fragments       []string
	storeDelay      time.Duration
	countUnfinished bool
}

// APIMFlags only have a meaning for strategy apim-counter; NotForAPIM have
// none for it.
var (
	APIMFlags = []string{
		"apim-threshold", "apim-tier", "apim-empty-key", "token-lifetime", "apim-regions", "apim-sync", "apim-external-cache", "apim-token-handler", "apim-store-delay", "apim-count-unfinished", "named-value", "fragment", "subscription-key",
	}
	NotForAPIM = map[string]string{
		"store":         "its policies say what they use; --apim-external-cache connects a cache",
		"wait-replicas": "it has no store to wait for",
		"posture":       "its policies say what is served without a cache",
		"fault":         "defects are planted in the policies: give the files with --policy",
		"replicas":      "its replicas are its regions: use --apim-regions",
	}
)

// Register defines the flags on a command.
func (f *APIM) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.policies, "policy", nil, "run the API Management policy document `SCOPE=FILE` (repeatable): global, product, api, or an operation: login, logout, echo, public; without it apim-counter runs the published recipe")
	flags.StringVar(&f.threshold, "apim-threshold", "ge", "a counter refuses when it is `ge or gt` its limit; which one API Management does is not published")
	flags.StringVar(&f.emptyKey, "apim-empty-key", "shared", "a counter whose key is empty is `shared or error`: one that all share who send no token, or a 500, as owners report it of null")
	flags.DurationVar(&f.lifetime, "token-lifetime", 0, "how long tokens of the emulated service's issuer live, at most, so that none is signed that lives longer (default 1h, and what a login asks for up to 1440h)")
	flags.StringVar(&f.tier, "apim-tier", "classic", "`tier`: classic (sliding window), v2 (token bucket) or consumption")
	flags.IntVar(&f.regions, "apim-regions", 2, "regions of the service")
	flags.StringVar(&f.sync, "apim-sync", "never", "`when` a region learns what another one counted: never, as managed regions do, or after a time such as 0s or 2s")
	flags.BoolVar(&f.externalCache, "apim-external-cache", false, "connect an external cache, shared by all regions")
	flags.BoolVar(&f.countUnfinished, "apim-count-unfinished", false, "counters also count requests that end by an error or by return-response, if their increment waits for the end; whether API Management does is not published")
	flags.StringToStringVar(&f.named, "named-value", nil, "`NAME=VALUE` of a {{NAME}} in the policies (repeatable)")
	flags.StringArrayVar(&f.fragments, "fragment", nil, "`NAME=FILE` of an include-fragment, or a directory of them (repeatable); those beside the policies, *.fragment and fragments/*.xml, need not be named")
	flags.StringVar(&f.handler, "apim-token-handler", "jwtsecuritytoken", "`spellings` that validate-jwt takes, as the .NET class does: jwtsecuritytoken (unused last bits), jsonwebtoken (and padding, and the standard alphabet) or canonical (none)")
}

// RegisterServed is for a service that others call. In process the suite would
// only give itself the key, and on a clock that stands still no delay passes.
func (f *APIM) RegisterServed(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.subscriptionKey, "subscription-key", "", "`key` that every call must carry, in "+policy.SubscriptionHeader+" or the query")
	flags.DurationVar(&f.storeDelay, "apim-store-delay", 0, "how long what a cache is given takes to be found there: storing is asynchronous, and for how long is not published")
}

// Asked reports whether the flags describe an API Management service.
func (f *APIM) Asked(cmd *cobra.Command, strategy string) (bool, error) {
	if err := KnownStrategy(strategy); err != nil {
		return false, err
	}
	if strategy != apim.Strategy.Name && len(f.policies) > 0 && cmd.Flags().Changed("strategy") {
		return false, exit.Usage("--policy runs API Management policies: it goes with --strategy %s, not %s", apim.Strategy.Name, strategy)
	}
	if strategy == apim.Strategy.Name || len(f.policies) > 0 {
		return true, nil
	}
	for _, name := range APIMFlags {
		if cmd.Flags().Changed(name) {
			return false, exit.Usage("--%s goes with --strategy %s or --policy", name, apim.Strategy.Name)
		}
	}
	return false, nil
}

func (f *APIM) open(cmd *cobra.Command, issuer reference.Config) (scenarios.Target, error) {
	for _, name := range []string{"store", "wait-replicas", "posture", "fault", "replicas"} {
		if cmd.Flags().Changed(name) {
			return nil, exit.Usage("--%s has no meaning for %s: %s", name, apim.Strategy.Name, NotForAPIM[name])
		}
	}
	o, err := f.Options(issuer)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	t, err := apim.New(o)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	return t, nil
}

// Reads lists the files that Options will read.
func (f *APIM) Reads() []string {
	var files []string
	for _, policy := range f.policies {
		_, file, _ := strings.Cut(policy, "=")
		files = append(files, file)
	}
	return files
}

// withoutJTI is the one variant that is about the issuer, and not about what a
// gateway accepts.
const withoutJTI = "no-jti"

// Options reads the flags, and of the reference gateway's what is about the
// issuer: its algorithm and its variants. An error names the one that is wrong.
func (f *APIM) Options(issuer reference.Config) (apim.Options, error) {
	o := apim.Options{
		Alg: issuer.Alg, NoJTI: slices.Contains(issuer.Variants, withoutJTI), Lifetime: f.lifetime,
		Regions: f.regions, ExternalCache: f.externalCache, SubscriptionKey: f.subscriptionKey,
		NamedValues: f.named, StoreDelay: f.storeDelay, CountUnfinished: f.countUnfinished,
	}
	switch {
	case Replicas("apim-regions", f.regions) != nil:
		return o, Replicas("apim-regions", f.regions)
	case slices.ContainsFunc(issuer.Variants, func(name string) bool { return name != withoutJTI }):
		return o, fmt.Errorf("--variant has no meaning for %s but for %s: its policies say what is accepted", apim.Strategy.Name, withoutJTI)
	case f.lifetime < 0:
		return o, fmt.Errorf("--token-lifetime %s: it is not negative", f.lifetime)
	case f.storeDelay < 0:
		return o, fmt.Errorf("--apim-store-delay %s: it is not negative", f.storeDelay)
	}
	var err error
	if o.Threshold, err = apim.ParseThreshold(f.threshold); err != nil {
		return o, err
	}
	if o.EmptyKey, err = apim.ParseEmptyKey(f.emptyKey); err != nil {
		return o, err
	}
	if o.Tier, err = apim.ParseTier(f.tier); err != nil {
		return o, err
	}
	if o.TokenHandler, err = apim.ParseTokenHandler(f.handler); err != nil {
		return o, err
	}
	if o.Sync, err = parseSync(f.sync); err != nil {
		return o, err
	}
	if len(f.policies) > 0 {
		if o.Policies, err = apim.ReadPolicies(f.policies); err != nil {
			return o, err
		}
	}
	o.Fragments, err = apim.ReadFragments(f.fragments, o.Policies)
	return o, err
}

func parseSync(when string) (policy.Sync, error) {
	if when == "never" {
		return policy.Sync{}, nil
	}
	delay, err := time.ParseDuration(when)
	if err != nil || delay < 0 {
		return policy.Sync{}, fmt.Errorf("--apim-sync %q: it is never, or a time such as 0s or 2s", when)
	}
	return policy.Sync{Enabled: true, Delay: delay}, nil
}
