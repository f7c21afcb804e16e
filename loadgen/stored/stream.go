package stored

import (
	"errors"
	"fmt"
	"io"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen"
)

// Merged is what the streams of one or more machines come to: for each side,
// the figures of one load with the sum of their rates.
type Merged struct {
	Sides []MergedSide `json:"sides"` // in the order of their first call
}

// MergedSide is one side over all streams.
type MergedSide struct {
	loadgen.SideRecord
	First  time.Time `json:"first"` // the first call sent
	Last   time.Time `json:"last"`  // the last call sent
	Rate   float64   `json:"rate"`  // calls a second while the side was loaded
	active time.Duration
	slices map[string]*machineSlice // by stream
}

// machineSlice follows the slice that a stream is in.
type machineSlice struct {
	number      uint64
	first, last time.Time
	calls       int64
}

// Merge joins streams of vegeta results, in any of vegeta's encodings. Streams
// are read side by side, so that memory does not grow with their length.
func Merge(streams ...io.Reader) (*Merged, error) {
	if len(streams) == 0 {
		return nil, errors.New("there is no stream to merge")
	}
	decoders := make([]vegeta.Decoder, len(streams))
	for i, s := range streams {
		if decoders[i] = vegeta.DecoderFor(s); decoders[i] == nil {
			return nil, fmt.Errorf("stream %d holds no vegeta results", i+1)
		}
		decoders[i] = tagged(decoders[i], i)
	}
	m := &Merged{}
	return m, m.read(vegeta.NewRoundRobinDecoder(decoders...))
}

// headerStream tells from which stream a result was read.
const headerStream = "Revocheck-Stream"

// tagged marks each result with its stream. An error that is not the end of
// the stream stays: the round-robin decoder would go on with the others and
// lose it.
func tagged(d vegeta.Decoder, stream int) vegeta.Decoder {
	return func(r *vegeta.Result) error {
		*r = vegeta.Result{}
		err := d.Decode(r)
		if err != nil && !errors.Is(err, io.EOF) {
			r.Error = fmt.Sprintf("stream %d is damaged: %v", stream+1, err)
			r.Attack = damaged
			return nil
		}
		if r.Headers == nil {
			r.Headers = map[string][]string{}
		}
		r.Headers.Set(headerStream, fmt.Sprint(stream))
		return err
	}
}

// damaged is the side of a result that stands for a stream's error.
const damaged = "\x00damaged"

func (m *Merged) read(next vegeta.Decoder) error {
	var r vegeta.Result
	for {
		err := next.Decode(&r)
		if errors.Is(err, io.EOF) {
			m.close()
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading vegeta results: %w", err)
		}
		if r.Attack == damaged {
			return errors.New(r.Error)
		}
		if err := m.add(&r); err != nil {
			return err
		}
	}
}
