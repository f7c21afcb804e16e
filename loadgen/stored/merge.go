package stored

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// add counts one stored call.
func (m *Merged) add(r *vegeta.Result) error {
	s, err := fromVegeta(r)
	if err != nil {
		return err
	}
	side := m.side(s.Side)
	side.Tally.Add(s.Class, s.Outcome, s.Status, s.Fault)
	side.span(r.Headers.Get(headerStream), s.Slice, s.SentAt)
	if s.Counts {
		side.FromDue.Add(s.FromDue())
		side.FromSend.Add(s.Latency)
	}
	return nil
}

func (m *Merged) side(name string) *MergedSide {
	for i := range m.Sides {
		if m.Sides[i].Name == name {
			return &m.Sides[i]
		}
	}
	m.Sides = append(m.Sides, MergedSide{SideRecord: loadgen.SideRecord{Name: name}, slices: map[string]*machineSlice{}})
	return &m.Sides[len(m.Sides)-1]
}

// span adds a call's moment to the time during which its stream loaded the
// side.
func (s *MergedSide) span(stream string, slice uint64, at time.Time) {
	if s.First.IsZero() || at.Before(s.First) {
		s.First = at
	}
	if at.After(s.Last) {
		s.Last = at
	}
	now := s.slices[stream]
	if now == nil || now.number != slice {
		s.active += now.length()
		now = &machineSlice{number: slice, first: at, last: at}
		s.slices[stream] = now
	}
	now.calls++
	if at.Before(now.first) {
		now.first = at
	}
	if at.After(now.last) {
		now.last = at
	}
}

// length is the time that the calls of a slice took up, each with the pause
// before the next. A nil slice has none.
func (m *machineSlice) length() time.Duration {
	if m == nil || m.calls < 2 {
		return 0
	}
	return time.Duration(float64(m.last.Sub(m.first)) * float64(m.calls) / float64(m.calls-1))
}

// close works out the rates: the calls of all streams over the time that a
// stream loaded the side on average, which is the sum of their rates.
func (m *Merged) close() {
	for i := range m.Sides {
		s := &m.Sides[i]
		for _, slice := range s.slices {
			s.active += slice.length()
		}
		if s.active > 0 {
			s.Rate = float64(s.Tally.Calls()) * float64(len(s.slices)) / s.active.Seconds()
		}
	}
}

// WriteText writes the merged figures as a table.
func (m *Merged) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "side\tcalls\trate\tp50\tp90\tp99\tleaks\tover-blocks\tfaults\t")
	for _, s := range m.Sides {
		fmt.Fprintf(t, "%s\t%d\t%.0f/s", s.Name, s.Tally.Calls(), s.Rate)
		for _, q := range stats.Quantiles {
			fmt.Fprintf(t, "\t%s", stats.MsText(stats.Millis(s.FromDue.At(q))))
		}
		fmt.Fprintf(t, "\t%d\t%d\t%d\t\n", s.Tally.Of(loadgen.Leak)+s.Tally.Of(loadgen.Lapse), s.Tally.Of(loadgen.OverBlock), s.Tally.Of(loadgen.Fault))
	}
	fmt.Fprintln(t, "latencies are counted from the due time")
	return t.Flush()
}
