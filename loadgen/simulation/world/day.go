package world

import (
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// day is how often a device that is logged out logs in, hour by hour, and what
// share of the devices is logged in because of it. Rates are a second.
type day struct {
	end   float64     // at which a session ends
	login [24]float64 // of a device that is logged out
	in    [24]float64 // share of the devices logged in when the hour begins
}

const hour = 3600.0

// newDay finds the rates that give each device its logins a day.
func newDay(u workload.Users) *day {
	want := u.Logins / float64(u.Devices)
	d := &day{end: 1 / u.Session.Seconds()}
	low, high := 0.0, 1.0
	for range 200 { // bisection, after the upper end is found
		middle := (low + high) / 2
		if d.weigh(u.Day, middle); d.settle() < want {
			low = middle
			if middle > 0.49*high {
				high = min(2*high, 1e4)
			}
		} else {
			high = middle
		}
	}
	return d
}

// weigh gives each hour its part of the mean rate.
func (d *day) weigh(weights []float64, mean float64) {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for h := range d.login {
		d.login[h] = mean
		if len(weights) == len(d.login) {
			d.login[h] = mean * weights[h] * 24 / sum
		}
	}
}

// settle lets days pass until one is as the one before, and gives the logins of
// a device in it.
func (d *day) settle() (logins float64) {
	in := 0.0
	for range 400 {
		before := in
		logins = 0
		for h := range d.in {
			d.in[h] = in
			end := d.after(h, in, hour)
			// What left is what came, less what stayed.
			logins += float64(d.end*d.present(h, in, hour)) + end - in
			in = end
		}
		if math.Abs(in-before) < 1e-12 {
			break
		}
	}
	return logins
}

// after is the share that is logged in so many seconds into an hour that began
// with in.
func (d *day) after(h int, in, seconds float64) float64 {
	rate := d.login[h] + d.end
	rest := d.login[h] / rate
	return rest + float64((in-rest)*math.Exp(-rate*seconds))
}

// present is the integral of after.
func (d *day) present(h int, in, seconds float64) float64 {
	rate := d.login[h] + d.end
	rest := d.login[h] / rate
	return float64(rest*seconds) + float64((in-rest)*-math.Expm1(-rate*seconds)/rate)
}

// at splits a time in seconds after midnight, of any day, into hour and rest.
func at(seconds float64) (h int, rest float64) {
	seconds = math.Mod(seconds, 24*hour)
	if seconds < 0 {
		seconds += 24 * hour
	}
	h = min(int(seconds/hour), 23)
	return h, seconds - float64(h)*hour
}

// logged is the share of the devices that is logged in at a time after midnight.
func (d *day) logged(seconds float64) float64 {
	h, rest := at(seconds)
	return d.after(h, d.in[h], rest)
}

// arrivals is at what rate the logged-out ones log in then.
func (d *day) arrivals(seconds float64) float64 {
	h, _ := at(seconds)
	return d.login[h]
}

// next is how long a device that is logged out at a time after midnight stays
// so, for an exponential draw of mean 1.
func (d *day) next(seconds, draw float64) float64 {
	waited := 0.0
	for range 24 * 400 {
		h, rest := at(seconds + waited)
		left := hour - rest
		if rate := d.login[h]; rate*left >= draw {
			return waited + draw/rate
		} else {
			draw -= rate * left
		}
		waited += left
	}
	return waited
}

// Logins is how many sessions begin a second that will end with a logout, at a
// time in seconds since the start, in the whole population.
func Logins(w *workload.Workload) func(seconds float64) float64 {
	d := newDay(w.Users)
	devices := w.Users.Count * float64(w.Users.Devices)
	return func(seconds float64) float64 {
		at := seconds + w.Start.Seconds()
		return devices * (1 - w.Users.Forget) * d.arrivals(at) * (1 - d.logged(at))
	}
}

// Present is the share of the devices that is logged in, on average over a day.
func Present(w *workload.Workload) float64 {
	d := newDay(w.Users)
	sum := 0.0
	for h := range d.in {
		sum += d.present(h, d.in[h], hour)
	}
	return sum / (24 * hour)
}
