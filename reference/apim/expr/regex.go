package expr

import (
	"regexp"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

const (
	regexOptions Type = "RegexOptions"
	matchType    Type = "Match"
	groupsType   Type = "GroupCollection"
	groupType    Type = "Group"
)

// match is a Match: nil groups are none.
type match struct{ groups []string }

// groups are the Groups of a Match, as text.
type groups []string

// pattern compiles a .NET pattern. What Go's syntax has not, such as a look
// behind, is outside the subset.
func pattern(args []any, option int) (*regexp.Regexp, error) {
	source := Text(args[1])
	if len(args) > option && args[option] == ignoreCase {
		source = "(?i)" + source
	}
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, &syntax.Error{Msg: "the pattern is outside the subset that revocheck runs: " + err.Error(), Outside: true}
	}
	return re, nil
}

func init() {
	statics["Regex"] = map[string][]method{
		"IsMatch": overloads(Bool, func(args []any) (any, error) {
			re, err := pattern(args, 2)
			if err != nil {
				return nil, err
			}
			return re.MatchString(Text(args[0])), nil
		}, String, String),
		"Match": overloads(matchType, func(args []any) (any, error) {
			re, err := pattern(args, 2)
			if err != nil {
				return nil, err
			}
			return match{re.FindStringSubmatch(Text(args[0]))}, nil
		}, String, String),
		"Replace": overloads(String, func(args []any) (any, error) {
			re, err := pattern(args, 3)
			if err != nil {
				return nil, err
			}
			return replaced(re, Text(args[0]), Text(args[2]))
		}, String, String, String),
	}
	statics["RegexOptions"] = map[string][]method{}
	staticProperties["RegexOptions"] = map[string]property{
		"None":       {regexOptions, func(*frame, any) any { return exact }},
		"Compiled":   {regexOptions, func(*frame, any) any { return exact }},
		"IgnoreCase": {regexOptions, func(*frame, any) any { return ignoreCase }},
	}
	properties[matchType] = map[string]property{
		"Success": read(Bool, func(m match) any { return m.groups != nil }),
		"Value": read(String, func(m match) any {
			if m.groups == nil {
				return ""
			}
			return m.groups[0]
		}),
		"Groups": read(groupsType, func(m match) any { return groups(m.groups) }),
	}
	properties[groupType] = map[string]property{
		"Value":   read(String, func(s string) any { return s }),
		"Success": read(Bool, func(s string) any { return s != "" }),
	}
	methods[groupType] = map[string][]method{"ToString": {toString}}
	methods[matchType] = map[string][]method{"ToString": {on(String, func(of any, _ []any) any { return properties[matchType]["Value"].get(nil, of) })}}
	indexers[groupsType] = indexer{Int, groupType, func(of, key any) (any, bool) {
		list, i := of.(groups), integer(key)
		if i < 0 || i >= int64(len(list)) {
			return "", true // as .NET: a group that is not there is empty
		}
		return list[i], true
	}}
}

// overloads are a method with and without RegexOptions.
func overloads(result Type, call func([]any) (any, error), params ...Type) []method {
	run := func(_ any, args []any) (any, error) { return call(args) }
	with := append(append([]Type{}, params...), regexOptions)
	return []method{may(result, run, params...), may(result, run, with...)}
}

// dollar is how .NET writes a group in a replacement; Go reads $1x as a name.
var dollar = regexp.MustCompile(`\$(\d+)`)

func replaced(re *regexp.Regexp, s, by string) (any, error) {
	if len(s)*(1+len(by)) > 16*MaxString {
		return nil, errTooLong
	}
	return limited(re.ReplaceAllString(s, dollar.ReplaceAllString(by, "$${$1}")))
}
