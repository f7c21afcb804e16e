package simulation

import (
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// ends is when slot i ends, in seconds since the start.
func (j joined) ends(i int) float64 {
	return min(float64(i+1)*j.tallies[0].Slot, j.work.Span.Seconds())
}

// length is that of slot i, in seconds: the last one may be shorter.
func (j joined) length(i int) float64 { return j.ends(i) - float64(i)*j.tallies[0].Slot }

// list is what the strategy held, scaled to the whole population.
func (j joined) list() outcome.List {
	scaled := func(n int) float64 { return float64(n) * j.work.Sample }
	l := outcome.List{
		What: j.of.What, EntryBytes: j.of.EntryBytes,
		Mean: each(j.tallies, func(t *world.Tally) float64 {
			sum := 0.0
			for _, s := range t.Slots {
				sum += scaled(s.Entries)
			}
			return sum / float64(len(t.Slots))
		}),
		Peak: each(j.tallies, func(t *world.Tally) float64 {
			most := 0
			for _, s := range t.Slots {
				most = max(most, s.Entries)
			}
			return scaled(most)
		}),
	}
	l.Bytes = outcome.Interval{Mean: l.Peak.Mean * j.of.EntryBytes, Lo: l.Peak.Lo * j.of.EntryBytes, Hi: l.Peak.Hi * j.of.EntryBytes, N: l.Peak.N}
	little := j.little()
	for i := range j.tallies[0].Slots {
		l.Levels = append(l.Levels, outcome.Level{
			At: j.ends(i), Formula: little(j.ends(i)),
			Entries: each(j.tallies, func(t *world.Tally) float64 { return scaled(t.Slots[i].Entries) }),
		})
	}
	return l
}

// store is what was asked of the store a second, scaled to the whole population.
func (j joined) store() outcome.Store {
	rate := func(pick func(world.Slot) uint64) (mean, peak outcome.Interval) {
		mean = each(j.tallies, func(t *world.Tally) float64 { return float64(pick(t.Sum())) * j.work.Sample / j.work.Span.Seconds() })
		peak = each(j.tallies, func(t *world.Tally) float64 {
			most := 0.0
			for i, s := range t.Slots {
				most = max(most, float64(pick(s))/j.length(i))
			}
			return most * j.work.Sample
		})
		return mean, peak
	}
	var s outcome.Store
	s.Reads, s.ReadsPeak = rate(func(s world.Slot) uint64 { return s.Reads })
	s.Writes, s.WritesPeak = rate(func(s world.Slot) uint64 { return s.Writes })
	times := func(f float64) outcome.Interval {
		return outcome.Interval{Mean: s.WritesPeak.Mean * f, Lo: s.WritesPeak.Lo * f, Hi: s.WritesPeak.Hi * f, N: s.WritesPeak.N}
	}
	if others := float64(j.work.Regions.Count - 1); others > 0 && j.of.MessageBytes > 0 {
		s.Messages, s.Bandwidth = times(others), times(others*j.of.MessageBytes)
	}
	return s
}

// timeline is the mean of the replications, slot by slot.
func (j joined) timeline() (all []outcome.Slot) {
	for i := range j.tallies[0].Slots {
		var sum world.Slot
		live, entries := 0.0, 0.0
		for _, t := range j.tallies {
			sum.Add(t.Slots[i])
			live += float64(t.Slots[i].Live)
			entries += float64(t.Slots[i].Entries)
		}
		scale := j.work.Sample / float64(len(j.tallies))
		of := func(n uint64) float64 { return float64(n) * scale }
		all = append(all, outcome.Slot{
			At: float64(i) * j.tallies[0].Slot, Length: j.length(i), Live: live * scale, Entries: entries * scale,
			Calls: of(sum.Calls), Leaks: of(sum.Leaks), OverBlocks: of(sum.OverBlocks), Unavailable: of(sum.Unavailable), Unasked: of(sum.Unasked),
			Logins: of(sum.Logins), RefusedLogins: of(sum.RefusedLogins), Logouts: of(sum.Logouts), RefusedLogouts: of(sum.RefusedLogouts),
			Reads: of(sum.Reads), Writes: of(sum.Writes),
		})
	}
	return all
}
