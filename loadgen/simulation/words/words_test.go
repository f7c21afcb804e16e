package words_test

import (
	"testing"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

func TestFiguresAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct {
		say  func(float64) string
		of   float64
		want string
	}{
		{words.Seconds, 0, "0 s"}, {words.Seconds, 0.0123, "12.3 ms"}, {words.Seconds, 0.9999, "1 s"}, {words.Seconds, 1.234, "1.23 s"},
		{words.Seconds, 59.99, "1 min"}, {words.Seconds, 61, "1 min 1 s"}, {words.Seconds, 3599.9, "1 h"}, {words.Seconds, 3660, "1 h 1 min"},
		{words.Seconds, 86399, "1 d"}, {words.Seconds, 90000, "1 d 1 h"}, {words.Seconds, -2, "-2 s"},
		{words.Count, 0, "0"}, {words.Count, 0.5, "0.5"}, {words.Count, 12, "12"}, {words.Count, 12000, "12,000"}, {words.Count, 999499, "999,499"},
		{words.Count, 1234567, "1.23 million"}, {words.Count, 2e9, "2 billion"}, {words.Count, -1234, "-1,234"}, {words.Count, 0.004, "0.004"},
		{words.Bytes, 12, "12 B"}, {words.Bytes, 2124000, "2.12 MB"}, {words.Bytes, 999.9, "1 kB"}, {words.Bytes, 3e13, "30 TB"},
		{words.Percent, 0.0042, "0.42 %"}, {words.Percent, 1, "100 %"}, {words.Percent, 0, "0 %"},
	} {
		if got := c.say(c.of); got != c.want {
			t.Errorf("%v: %q, want %q", c.of, got, c.want)
		}
	}
}

func TestAnIntervalIsSaidWhereThereIsOne(t *testing.T) {
	wide := outcome.Interval{Mean: 12, Lo: 11, Hi: 13, N: 30}
	for got, want := range map[string]string{
		words.Interval(wide, words.Seconds):                                           "12 s (11 s to 13 s)",
		words.Interval(outcome.Interval{Mean: 12, Lo: 12, Hi: 12, N: 1}, words.Count): "12",
		words.Interval(outcome.Interval{Mean: 12, Lo: 12, Hi: 12, N: 9}, words.Bytes): "12 B",
		words.AtMost(outcome.Interval{N: 30}, 0.3, words.Count):                       "0 (at most 0.3)",
		words.AtMost(wide, 0, words.Count):                                            "12 (11 to 13)",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
