package apim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// caching is the caching-type of a cache policy: prefer-external by default.
type caching string

const (
	preferExternal caching = "prefer-external"
	external       caching = "external"
	builtIn        caching = "internal"
)

func loadCaching(e *element) caching {
	c := caching(e.oneOf("caching-type", string(preferExternal), string(external), string(builtIn)))
	a, _ := e.attr("caching-type")
	switch {
	case c == external && e.l.options.External == nil:
		e.failAttr(a, CodeInvalid, "no external cache is configured")
	case c == builtIn && e.l.options.Tier == Consumption:
		e.failAttr(a, CodeTier, "the Consumption tier has no built-in cache")
	}
	return c
}

// in picks the cache. The Consumption tier without an external one has none.
func (c caching) in(x *exchange) Cache {
	switch {
	case c != builtIn && x.svc.options.External != nil:
		return x.svc.options.External
	case x.svc.options.Tier == Consumption:
		return noCache{}
	}
	return x.svc.builtIn[x.region]
}

type cacheStore struct {
	key, value, duration value
	caching              caching
}

func loadCacheStore(e *element) policy {
	e.empty()
	p := &cacheStore{key: e.requiredText("key"), duration: e.integer("duration", 0), caching: loadCaching(e)}
	if a, ok := e.required("value"); ok {
		p.value = e.parsed(a, append(slices.Clone(texts), "int?", "long?", "bool?", "DateTime?"), anyText)
	}
	if a, ok := e.required("duration"); ok {
		if n, err := strconv.Atoi(a.Value); err == nil && n < 1 {
			e.failAttr(a, CodeInvalid, "a duration is at least one second")
		}
	}
	return p
}

// run does not fail when the cache does: the documentation says that cache
// operations raise no error.
func (p *cacheStore) run(x *exchange) error {
	key, err := p.key.text(x)
	if err != nil {
		return err
	}
	v, err := p.value.eval(x)
	if err != nil {
		return err
	}
	seconds, err := p.duration.integer(x)
	if err != nil || seconds < 1 {
		return err
	}
	text, err := encodeCached(v)
	if err != nil {
		return internal("cache-store-value", "Unknown", err)
	}
	_ = p.caching.in(x).Store(x.request.Context(), key, text, time.Duration(seconds)*time.Second)
	return nil
}

type cacheLookup struct {
	key, fallback value
	variable      string
	caching       caching
}

func loadCacheLookup(e *element) policy {
	e.empty()
	e.required("variable-name")
	return &cacheLookup{
		key: e.requiredText("key"), fallback: e.text("default-value"),
		variable: e.fixed("variable-name", ""), caching: loadCaching(e),
	}
}

// run takes a cache that fails for one that has nothing: that is what is
// documented, and why a deny-list in a cache fails open.
func (p *cacheLookup) run(x *exchange) error {
	key, err := p.key.text(x)
	if err != nil {
		return err
	}
	text, found, err := p.caching.in(x).Lookup(x.request.Context(), key)
	if err == nil && found {
		if v, err := decodeCached(text); err == nil {
			x.ctx.Variables[p.variable] = v
			return nil
		}
	}
	delete(x.ctx.Variables, p.variable)
	if !p.fallback.set {
		return nil
	}
	v, err := p.fallback.eval(x)
	if err == nil {
		x.ctx.Variables[p.variable] = v
	}
	return err
}

type cacheRemove struct {
	key     value
	caching caching
	fails   value
}

func loadCacheRemove(e *element) policy {
	e.empty()
	return &cacheRemove{e.requiredText("key"), loadCaching(e), e.boolean("fail-on-cache-removal-error", false)}
}

func (p *cacheRemove) run(x *exchange) error {
	key, err := p.key.text(x)
	if err != nil {
		return err
	}
	fails, err := p.fails.boolean(x)
	if err != nil {
		return err
	}
	if err := p.caching.in(x).Remove(x.request.Context(), key); err != nil && fails {
		return internal("cache-remove-value", "CacheRemovalFailure", err)
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
