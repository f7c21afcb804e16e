package reference

// Start builds a deployment of the gateway that the configuration describes, in
// so many replicas. Errors say which setting is wrong, or that the store cannot
// be opened. Close it after use.
func Start(cfg Config, replicas int) (*Deployment, error) {
	f, err := findFault(cfg.Fault)
	if err != nil {
		return nil, err
	}
	return startGateway(f.Prepare(cfg), replicas, f.Plant)
}

// Effective is the configuration that a deployment would have: with what its
// fault needs, and with the defaults.
func Effective(cfg Config) (Config, error) {
	f, err := findFault(cfg.Fault)
	if err != nil {
		return cfg, err
	}
	return f.Prepare(cfg).WithDefaults()
}
