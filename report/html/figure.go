package html

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// figure is a distribution on a scale from 0: the quantiles that a scenario measured.
type figure struct {
	Name, Note, Label string
	Bars              []bar
	of                string
	most              float64
}

// bar is one quantile.
type bar struct {
	Name, Value string
	Width       float64 // of 460
	Y           int
}

// quantiles end the names of the numbers of one distribution.
var quantiles = []string{"p50", "p90", "p95", "p99", "max"}

// The longest bar, and the height of a row.
const (
	figureWidth = 460
	barHeight   = 26
)

// figuresOf draws each distribution among the numbers of a record. One that is 0
// throughout is left to the words.
func figuresOf(rec report.Record) (drawn []figure) {
	for _, f := range distributions(rec.Numbers) {
		if f.most <= 0 {
			continue
		}
		var said []string
		for i := range f.Bars {
			f.Bars[i].Width = max(1, f.Bars[i].Width/f.most*figureWidth)
			said = append(said, f.Bars[i].Name+" "+f.Bars[i].Value)
		}
		f.Label = f.Name + ": " + strings.Join(said, ", ")
		drawn = append(drawn, f)
	}
	return drawn
}

// distributions gathers the quantiles of one name, each as wide as its value.
func distributions(numbers []report.Number) (all []figure) {
	for _, n := range numbers {
		of, quantile := cutQuantile(n.Name)
		if quantile == "" {
			continue
		}
		i := slices.IndexFunc(all, func(f figure) bool { return f.of == of })
		if i < 0 {
			i = len(all)
			all = append(all, figure{of: of, Name: say(of), Note: say(n.Note)})
		}
		f := &all[i]
		f.most = max(f.most, n.Value)
		f.Bars = append(f.Bars, bar{Name: quantile, Value: fmt.Sprintf("%.4g %s", n.Value, say(n.Unit)), Width: n.Value, Y: 8 + barHeight*len(f.Bars)})
	}
	return all
}

func cutQuantile(name string) (of, quantile string) {
	for _, q := range quantiles {
		if of, ok := strings.CutSuffix(name, " "+q); ok {
			return of, q
		}
	}
	return name, ""
}

// Height of the drawing.
func (f figure) Height() int { return 12 + barHeight*len(f.Bars) }

// TextY is the base line of a bar's texts.
func (b bar) TextY() int { return b.Y + 13 }

// TextX is where its value stands.
func (b bar) TextX() float64 { return 48 + b.Width + 6 }
