package contract

import "fmt"

// Place is a key by which a contract declares what a failure can be about.
type Place struct {
	Key string // "routes[0].path"
	// Route and Replica say of what; empty and false for the contract as a whole.
	Route   string
	Replica bool
}

// Places are the keys to which the causes of failures can be traced back.
func (c Contract) Places() []Place {
	list := []Place{{Key: "logout.path"}, {Key: "login.path"}}
	if c.Login.OAuth != nil {
		list[1].Key = "login.oauth"
	}
	if len(c.Refusal.Statuses) > 0 {
		list = append(list, Place{Key: "refusal"})
	}
	for i, route := range c.Routes {
		list = append(list, Place{Key: fmt.Sprintf("routes[%d].path", i), Route: route.Path})
	}
	for i, route := range c.OpenRoutes {
		list = append(list, Place{Key: fmt.Sprintf("open_routes[%d].path", i), Route: "the open route " + route.Path})
	}
	if c.Backend != "" {
		list = append(list, Place{Key: "backend", Route: "the backend itself"})
	}
	for i := 1; i < len(c.Endpoints); i++ {
		list = append(list, Place{Key: fmt.Sprintf("endpoints[%d]", i), Replica: true})
	}
	return list
}
