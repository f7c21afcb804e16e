package reference

import (
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// withSessions adds to a contract what the gateway offers beside login, call and
// logout.
func withSessions(cfg reference.Config, c scenarios.Contract) scenarios.Contract {
	offered := cfg.Sessions
	if !offered.Refresh {
		return c
	}
	c.Refresh = &scenarios.RefreshWay{Path: "/refresh", SurvivesLogout: offered.SurvivesLogout, Rotates: offered.Rotate}
	if offered.Rotate {
		c.Refresh.Reuse, c.Refresh.Grace = contract.ReuseRefused, offered.Grace
	}
	if offered.EndsFamily {
		c.Refresh.Reuse = contract.ReuseEndsFamily
	}
	shaped(offered, &c)
	if offered.Revoke {
		c = byRefreshToken(c)
	}
	if offered.LogoutAll {
		c.RevokeAll = &scenarios.RevokeAllWay{Action: scenarios.Action{Path: "/logout-all"}, User: reference.LogoutAllUser}
	}
	return c
}

// shaped says where tokens are in requests and answers.
func shaped(offered reference.Sessions, c *scenarios.Contract) {
	if offered.ByAccessToken {
		c.Refresh.With = contract.WithAccessToken
	}
	if offered.Form {
		c.Refresh.Encoding, c.Refresh.Fields = "form", map[string]string{"grant_type": "refresh_token"}
	}
	if offered.Nested {
		c.Login.Token, c.Refresh.AtLogin = "$.data.tokens.access", "$.data.tokens.refresh"
	}
	if offered.Cookie {
		c.Refresh.Cookie = reference.RefreshCookie
	}
}

// byRefreshToken logs out as RFC 7009 has it.
func byRefreshToken(c scenarios.Contract) scenarios.Contract {
	c.Logout.Path, c.Logout.Carrier, c.Logout.ClientAuth = "/revoke", contract.NoCarrier, "basic"
	c.Logout.Fields = map[string]string{"token": "$.refresh_token", "token_type_hint": "refresh_token"}
	for i, u := range c.Users {
		c.Users[i].ClientID, c.Users[i].ClientSecret = reference.ClientOf(u.Name)
	}
	return c
}
