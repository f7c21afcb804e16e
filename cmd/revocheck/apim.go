package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/apim"
)

// apimFlags describe an API Management service in process.
type apimFlags struct {
	policies        []string
	threshold, tier string
	regions         int
	externalCache   bool
}

// apimOnlyFlags only have a meaning for strategy apim-counter; notForAPIM have
// none for it.
var (
	apimOnlyFlags = []string{"apim-threshold", "apim-tier", "apim-regions", "apim-external-cache"}
	notForAPIM    = map[string]string{
		"store":    "its policies say what they use; --apim-external-cache connects a cache",
		"fault":    "defects are planted in the policies: give the files with --policy",
		"replicas": "its replicas are its regions: use --apim-regions",
	}
)

func (f *apimFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.policies, "policy", nil, "run the API Management policy document `SCOPE=FILE` (repeatable): global, api, or an operation: login, logout, echo, public; without it apim-counter runs the published recipe")
	flags.StringVar(&f.threshold, "apim-threshold", "ge", "a counter refuses when it is `ge or gt` its limit; which one API Management does is not published")
	flags.StringVar(&f.tier, "apim-tier", "classic", "`tier`: classic (sliding window), v2 (token bucket) or consumption")
	flags.IntVar(&f.regions, "apim-regions", 2, "regions of the service, which do not share counters")
	flags.BoolVar(&f.externalCache, "apim-external-cache", false, "connect an external cache, shared by all regions")
}

// asked reports whether the flags describe an API Management service.
func (f *apimFlags) asked(cmd *cobra.Command, strategy string) (bool, error) {
	if strategy != apim.Strategy.Name && len(f.policies) > 0 && cmd.Flags().Changed("strategy") {
		return false, usage("--policy runs API Management policies: it goes with --strategy %s, not %s", apim.Strategy.Name, strategy)
	}
	if strategy == apim.Strategy.Name || len(f.policies) > 0 {
		return true, nil
	}
	for _, name := range apimOnlyFlags {
		if cmd.Flags().Changed(name) {
			return false, usage("--%s goes with --strategy %s or --policy", name, apim.Strategy.Name)
		}
	}
	return false, nil
}

func (f *apimFlags) open(cmd *cobra.Command, alg string) (scenarios.Target, error) {
	for _, name := range []string{"store", "fault", "replicas"} {
		if cmd.Flags().Changed(name) {
			return nil, usage("--%s has no meaning for %s: %s", name, apim.Strategy.Name, notForAPIM[name])
		}
	}
	o, err := f.options()
	if err != nil {
		return nil, usage("%w", err)
	}
	o.Alg = alg
	t, err := apim.New(o)
	if err != nil {
		return nil, usage("%w", err)
	}
	return t, nil
}

func (f *apimFlags) options() (apim.Options, error) {
	o := apim.Options{Regions: f.regions, ExternalCache: f.externalCache}
	if f.regions < 1 {
		return o, fmt.Errorf("--apim-regions %d: there is at least one", f.regions)
	}
	var err error
	if o.Threshold, err = apim.ParseThreshold(f.threshold); err != nil {
		return o, err
	}
	if o.Tier, err = apim.ParseTier(f.tier); err != nil {
		return o, err
	}
	if len(f.policies) > 0 {
		o.Policies, err = apim.ReadPolicies(f.policies)
	}
	return o, err
}

// strategies are those of the reference gateway, and that of API Management
// beside the one that asks a store for each call.
func strategies() []reference.Info {
	list := reference.Strategies()
	after := slices.IndexFunc(list, func(i reference.Info) bool { return i.Name == "server-store" }) + 1
	return slices.Insert(list, after, apim.Strategy)
}
