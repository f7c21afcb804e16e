package scenarios

// Standing is what a target declares of one capability.
type Standing struct {
	Capability Capability
	Declared   bool
	// Scenarios counts those of the profile that need it.
	Scenarios int
}

// Standings tells, for each capability, whether the target declares it and
// how many scenarios need it; and how many of the profile's scenarios would
// run, out of how many.
func Standings(target Target, all []Scenario, profile Profile) (list []Standing, run, of int) {
	contract, powers := target.Contract().WithDefaults(), target.Powers()
	needed := map[Capability]int{}
	for _, s := range all {
		if !profile.covers(s) {
			continue
		}
		of++
		missing := false
		for _, need := range s.Needs {
			needed[need]++
			missing = missing || !declares(contract, powers, need)
		}
		if !missing {
			run++
		}
	}
	for _, c := range Capabilities() {
		list = append(list, Standing{c, declares(contract, powers, c), needed[c]})
	}
	return list, run, of
}
