package token

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
)

// clock tells the time.
type clock interface{ Now() time.Time }

// From the documentation of validate-jwt: the keys are refreshed every hour,
// and for an unknown kid at most every five minutes.
const (
	refreshEvery   = time.Hour
	refreshUnknown = 5 * time.Minute
	maxMetadata    = 1 << 20 // bytes
)

// OpenID holds the OpenID configurations that policies name.
type OpenID struct {
	mu      sync.Mutex
	client  *http.Client
	clock   clock
	entries map[string]*openIDEntry
}

type openIDEntry struct {
	issuer  string
	set     jose.JSONWebKeySet
	fetched time.Time
}

// NewOpenID returns one that has read nothing yet.
func NewOpenID(client *http.Client, now clock) *OpenID {
	return &OpenID{client: client, clock: now, entries: map[string]*openIDEntry{}}
}

// Keys returns the keys of a configuration that suit a kid; all of them if it
// is empty.
func (c *OpenID) Keys(url, kid string) ([]jwt.VerificationKey, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, err := c.entry(url, kid)
	if err != nil {
		return nil, err
	}
	var keys []jwt.VerificationKey
	for _, k := range entry.set.Keys {
		if kid == "" || k.KeyID == "" || k.KeyID == kid {
			keys = append(keys, k.Key)
		}
	}
	return keys, nil
}

// Issuer is the issuer that a configuration names, empty before it was read.
func (c *OpenID) Issuer(url string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[url]; ok {
		return e.issuer
	}
	return ""
}

func (c *OpenID) entry(url, kid string) (*openIDEntry, error) {
	now := c.clock.Now()
	known, ok := c.entries[url]
	if ok && now.Sub(known.fetched) < known.goodFor(kid) {
		return known, nil
	}
	fresh, err := c.fetch(url)
	if err != nil && ok {
		return known, nil // rather an old key than none
	}
	if err != nil {
		return nil, fmt.Errorf("the OpenID configuration cannot be read: %w", err)
	}
	fresh.fetched = now
	c.entries[url] = fresh
	return fresh, nil
}

func (e *openIDEntry) goodFor(kid string) time.Duration {
	if kid != "" && len(e.set.Key(kid)) == 0 {
		return refreshUnknown
	}
	return refreshEvery
}

func (c *OpenID) fetch(url string) (*openIDEntry, error) {
	var configuration struct {
		Issuer string `json:"issuer"`
		KeySet string `json:"jwks_uri"`
	}
	if err := c.get(url, &configuration); err != nil {
		return nil, err
	}
	e := &openIDEntry{issuer: configuration.Issuer}
	return e, c.get(configuration.KeySet, &e.set)
}

func (c *OpenID) get(url string, into any) error {
	resp, err := c.client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d", url, resp.StatusCode)
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxMetadata)).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	return nil
}
