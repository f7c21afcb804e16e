package html

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// command is one to run, and what for.
type command struct{ For, Line string }

// reproduce are the commands that make this run again, and what is wrong in it alone.
func reproduce(r report.Run) []command {
	again := strings.Join(append([]string{"revocheck run"}, options(r)...), " ")
	all := []command{{"The run again", again}}
	if len(r.Causes) > 0 {
		all = append(all, command{"Its worst finding alone", again + " --only " + quoted(r.Causes[0].First())})
	}
	return all
}

// flags are those of run, by the details of the subject that they decide.
var flags = []struct{ detail, flag string }{
	{"target file", "target"}, {"strategy", "strategy"}, {"store", "store"}, {"algorithm", "alg"}, {"variants", "variant"}, {"planted fault", "fault"}, {"replicas", "replicas"},
}

func options(r report.Run) (all []string) {
	for _, f := range flags {
		value, known := r.Subject.Details[f.detail]
		switch {
		case !known, r.Subject.Kind == "apim" && f.flag != "strategy", value == "sqlite" && r.Subject.Details["strategy"] == "server-store":
			continue
		}
		all = append(all, "--"+f.flag+" "+quoted(strings.ReplaceAll(value, ", ", ",")))
	}
	if r.Profile != "" {
		all = append(all, "--profile "+quoted(r.Profile))
	}
	all = append(all, fmt.Sprintf("--seed %d", r.Seed))
	if r.Strict {
		all = append(all, "--strict")
	}
	return all
}

// quoted is a word of a shell's line.
func quoted(word string) string {
	word = say(word)
	plain := func(c rune) bool {
		return c == '-' || c == '_' || c == '/' || c == '.' || c == ',' || c == ':' || c == '='
	}
	for _, c := range word {
		if !plain(c) && !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
			return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return word
}
