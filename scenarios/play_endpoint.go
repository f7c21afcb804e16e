package scenarios

// Endpoint is the base URL of a replica, counted from 0.
func (p *Play) Endpoint(replica int) string { return p.endpoints()[replica] }
