// Package caching holds the policies that store and look up values.
package caching

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/reference/apim/cache"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// caching is the caching-type of a cache policy: prefer-external by default.
type caching string

const (
	preferExternal caching = "prefer-external"
	external       caching = "external"
	builtIn        caching = "internal"
)

func loadCaching(e *policy.Element) caching {
	c := caching(e.OneOf("caching-type", string(preferExternal), string(external), string(builtIn)))
	a, _ := e.Attr("caching-type")
	switch {
	case c == external && !e.Facts().ExternalCache:
		e.FailAttr(a, policy.CodeInvalid, "no external cache is configured")
	case c == builtIn && e.Facts().Tier == policy.Consumption:
		e.FailAttr(a, policy.CodeTier, "the Consumption tier has no built-in cache")
	}
	return c
}

// in picks the cache. The Consumption tier without an external one has none.
func (c caching) in(x *policy.Exchange) cache.Cache {
	switch {
	case c != builtIn && x.Gateway.External != nil:
		return x.Gateway.External
	case x.Gateway.Tier == policy.Consumption:
		return cache.None{}
	}
	return x.Gateway.BuiltIn
}

type cacheStore struct {
	key, value, duration policy.Value
	caching              caching
}

// LoadCacheStore loads cache-store-value.
func LoadCacheStore(e *policy.Element) policy.Policy {
	e.Empty()
	p := &cacheStore{key: e.RequiredValue("key"), duration: e.Integer("duration", 0), caching: loadCaching(e)}
	if a, ok := e.Required("value"); ok {
		p.value = e.Parsed(a, append(slices.Clone(policy.Texts), "int?", "long?", "bool?", "DateTime?"), policy.AnyText)
	}
	if a, ok := e.Required("duration"); ok {
		if n, err := strconv.Atoi(a.Value); err == nil && n < 1 {
			e.FailAttr(a, policy.CodeInvalid, "a duration is at least one second")
		}
	}
	return p
}

// run does not fail when the cache does: the documentation says that cache
// operations raise no error.
func (p *cacheStore) Run(x *policy.Exchange) error {
	key, err := p.key.Text(x)
	if err != nil {
		return err
	}
	v, err := p.value.Eval(x)
	if err != nil {
		return err
	}
	seconds, err := p.duration.Integer(x)
	if err != nil || seconds < 1 {
		return err
	}
	text, err := encodeCached(v)
	if err != nil {
		return policy.Internal("cache-store-value", "Unknown", err)
	}
	_ = p.caching.in(x).Store(x.Request.Context(), key, text, time.Duration(seconds)*time.Second)
	return nil
}

type cacheLookup struct {
	key, fallback policy.Value
	variable      string
	caching       caching
}

// LoadCacheLookup loads cache-lookup-value.
func LoadCacheLookup(e *policy.Element) policy.Policy {
	e.Empty()
	e.Required("variable-name")
	return &cacheLookup{
		key: e.RequiredValue("key"), fallback: e.Value("default-value"),
		variable: e.Fixed("variable-name", ""), caching: loadCaching(e),
	}
}

// run takes a cache that fails for one that has nothing: that is what is
// documented, and why a deny-list in a cache fails open.
func (p *cacheLookup) Run(x *policy.Exchange) error {
	key, err := p.key.Text(x)
	if err != nil {
		return err
	}
	text, found, err := p.caching.in(x).Lookup(x.Request.Context(), key)
	if err == nil && found {
		if v, err := decodeCached(text); err == nil {
			x.Context.Variables[p.variable] = v
			return nil
		}
	}
	delete(x.Context.Variables, p.variable)
	if !p.fallback.Set {
		return nil
	}
	v, err := p.fallback.Eval(x)
	if err == nil {
		x.Context.Variables[p.variable] = v
	}
	return err
}

type cacheRemove struct {
	key     policy.Value
	caching caching
	fails   policy.Value
}

// LoadCacheRemove loads cache-remove-value.
func LoadCacheRemove(e *policy.Element) policy.Policy {
	e.Empty()
	return &cacheRemove{e.RequiredValue("key"), loadCaching(e), e.Boolean("fail-on-cache-removal-error", false)}
}

func (p *cacheRemove) Run(x *policy.Exchange) error {
	key, err := p.key.Text(x)
	if err != nil {
		return err
	}
	fails, err := p.fails.Boolean(x)
	if err != nil {
		return err
	}
	if err := p.caching.in(x).Remove(x.Request.Context(), key); err != nil && fails {
		return policy.Internal("cache-remove-value", "CacheRemovalFailure", err)
	}
	return nil
}

// cached is a value as a cache holds it, with its type.
type cached struct {
	Type  expr.Type       `json:"type"`
	Value json.RawMessage `json:"value"`
}

func encodeCached(v any) (string, error) {
	var typ expr.Type
	switch v.(type) {
	case string:
		typ = expr.String
	case int32:
		typ = expr.Int
	case int64:
		typ = expr.Long
	case bool:
		typ = expr.Bool
	case time.Time:
		typ = expr.DateTime
	default:
		return "", fmt.Errorf("a %T cannot be cached: store a string, a whole number, a bool or a DateTime", v)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(cached{typ, raw})
	return string(text), err
}

func decodeCached(text string) (any, error) {
	var c cached
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, err
	}
	switch c.Type {
	case expr.Int:
		return decode[int32](c.Value)
	case expr.Long:
		return decode[int64](c.Value)
	case expr.Bool:
		return decode[bool](c.Value)
	case expr.DateTime:
		return decode[time.Time](c.Value)
	}
	return decode[string](c.Value)
}

func decode[T any](raw json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}
