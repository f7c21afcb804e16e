// Package outcome holds what a simulation found, as plain data: what writers
// show and what is stored as JSON.
//
// Unless a field says otherwise, times are seconds of virtual time, sizes are
// bytes, and rates are per second of virtual time, for the whole population and
// not for the sample of it that was simulated. The same workload and seed give
// the same Study, byte for byte on one architecture: nothing here depends on how
// long the machine took.
package outcome
