package report

import (
	"strconv"
	"strings"
	"unicode"
)

// mapTexts returns a copy of the run with f applied to every text in it.
func (r Run) mapTexts(f func(string) string) Run {
	t := texts{f}
	t.all(&r.Tool.Name, &r.Tool.Version, &r.Tool.Go, &r.Profile, &r.Why, &r.Unproven, &r.Ended, &r.Operator)
	t.lists(&r.Gaps, &r.Omitted, &r.LeftOut, &r.NotClaimed, &r.Notes)
	t.subject(&r.Subject)
	r.Causes = each(r.Causes, func(c Cause) Cause {
		t.all(&c.ID, &c.Title, &c.Risk, &c.Fix)
		t.lists(&c.Seen, &c.Scenarios)
		if c.Declared != nil {
			d := c.Declared.mapTexts(t)
			c.Declared = &d
		}
		c.Observable, c.Where = Observable(t.change(string(c.Observable))), t.whereMany(c.Where)
		return c
	})
	r.Baseline = r.Baseline.mapTexts(t)
	r.Declared = each(r.Declared, func(d Declaration) Declaration { return d.mapTexts(t) })
	r.Records = each(r.Records, func(rec Record) Record { return rec.mapTexts(f) })
	return r
}

// mapTexts returns a copy of the record with f applied to every text in it.
func (r Record) mapTexts(f func(string) string) Record {
	t := texts{f}
	t.all(&r.ID, &r.Title, &r.Requirement, &r.Why, &r.Fix, &r.Undeclared, &r.Source, &r.Cause)
	r.Finding = r.Finding.mapTexts(t)
	t.lists(&r.Refs, &r.Needs, &r.Observed, &r.Notes)
	r.Steps = each(r.Steps, func(s Step) Step {
		t.all(&s.Text, &s.Request, &s.Expected, &s.Actual, &s.Note)
		s.Call = s.Call.mapTexts(t)
		if s.Span != nil {
			span := *s.Span
			t.all(&span.What, &span.Got)
			s.Span = &span
		}
		return s
	})
	r.Numbers = each(r.Numbers, func(n Number) Number { return n.mapTexts(f) })
	return r
}

// mapTexts returns a copy of the number with f applied to every text in it.
func (n Number) mapTexts(f func(string) string) Number {
	texts{f}.all(&n.Name, &n.Unit, &n.Note)
	return n
}

// texts changes texts in place; what a slice or a map holds is copied first,
// since other values may share it.
type texts struct{ change func(string) string }

func (t texts) all(texts ...*string) {
	for _, text := range texts {
		*text = t.change(*text)
	}
}

func (t texts) lists(lists ...*[]string) {
	for _, list := range lists {
		*list = each(*list, t.change)
	}
}

func (t texts) subject(s *Subject) {
	t.all(&s.Name, &s.Kind)
	t.lists(&s.Endpoints)
	s.Details = mapped(s.Details, t.change, t.change)
}

// each is what f makes of every element; nil stays nil.
func each[T, U any](in []T, f func(T) U) []U {
	if in == nil {
		return nil
	}
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

// Printable returns the text on one line, with every rune that could steer a
// terminal, break a document or hide (controls, escapes, direction marks, bytes
// that are not UTF-8) written as a Go escape.
func Printable(text string) string {
	var out strings.Builder
	for _, r := range validUTF8(text) {
		if unicode.IsPrint(r) {
			out.WriteRune(r)
		} else {
			out.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return out.String()
}
