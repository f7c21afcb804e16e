package fault

import (
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

func UseNotBefore(cfg *gateway.Config) { cfg.Strategy = "not-before" }

func EndAllSessions(cfg *gateway.Config) { cfg.LogoutScope = gateway.ScopeUser }
