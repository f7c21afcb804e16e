package expr

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

func init() {
	format := func(_ *frame, _ any, a []any) (any, error) { return formatted(Text(a[0]), a[1:]) }
	for _, class := range []string{"string", "String"} {
		statics[class]["Format"] = []method{{params: []Type{String, Object}, result: String, variadic: true, call: format}}
	}
	statics["Guid"] = map[string][]method{
		"NewGuid": {on(Guid, func(any, []any) any { return uuid.NewString() })},
		"Parse":   {may(Guid, parseGuid, String)},
	}
	staticProperties["Guid"] = map[string]property{"Empty": {Guid, func(*frame, any) any { return uuid.Nil.String() }}}
	methods[Guid]["ToString"] = []method{toString, may(String, guidText, String)}
}

func parseGuid(_ any, a []any) (any, error) {
	id, err := uuid.Parse(Text(a[0]))
	if err != nil {
		return nil, errors.New("the string is not a GUID")
	}
	return id.String(), nil
}

// guidText is a GUID in the format N, without dashes, or D.
func guidText(of any, a []any) (any, error) {
	switch strings.ToUpper(Text(a[0])) {
	case "N":
		return strings.ReplaceAll(Text(of), "-", ""), nil
	case "D", "":
		return of, nil
	}
	return nil, errors.New("this format of a GUID is outside the subset (D, N)")
}

// hole is {0} in a format; an alignment or a format of its own is outside.
var hole = regexp.MustCompile(`\{\{|\}\}|\{(\d{1,3})\}|[{}]`)

func formatted(format string, values []any) (any, error) {
	var wrong error
	size := len(format)
	out := hole.ReplaceAllStringFunc(format, func(h string) string {
		if h == "{{" || h == "}}" {
			return h[:1]
		}
		i, err := strconv.Atoi(strings.Trim(h, "{}"))
		if err != nil || i >= len(values) || size > MaxString {
			wrong = errors.New("the format is outside the subset, which knows {0}, or has more holes than there are values")
			return ""
		}
		text := Text(values[i])
		size += len(text)
		return text
	})
	if wrong != nil {
		return nil, wrong
	}
	return limited(out)
}
