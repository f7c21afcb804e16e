package token

import (
	"strconv"
	"strings"
)

// maxDigits is how long a number may be that float64, and so golang-jwt, holds
// exactly.
const maxDigits = 15

// members shows the members of a JSON object, names without quotes and values
// as they are written. It is false for whatever an encoder would rarely write
// in a token: white space, escapes, characters outside ASCII, fractions, long
// numbers, objects in the object. What was shown before that is void.
func members(text string, visit func(name, value string) bool) bool {
	if text == "{}" {
		return true
	}
	for open := "{"; strings.HasPrefix(text, open); open = "," {
		name, ok := plainString(text[1:])
		if !ok || !strings.HasPrefix(text[1+len(name):], ":") {
			return false
		}
		text = text[1+len(name)+1:]
		value := plainValue(text)
		if value == "" || !visit(name[1:len(name)-1], value) {
			return false
		}
		if text = text[len(value):]; text == "}" {
			return true
		}
	}
	return false
}

// plainString is the string at the beginning of a text, with its quotes.
func plainString(text string) (string, bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", false
	}
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return text[:i+1], true
		case c < ' ' || c > '~' || c == '\\':
			return "", false
		}
	}
	return "", false
}

// plainValue is the value at the beginning of a text; "" if it is not plain.
func plainValue(text string) string {
	if text == "" {
		return ""
	}
	switch text[0] {
	case '"':
		value, _ := plainString(text)
		return value
	case '[':
		return plainList(text)
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(text, word) {
			return word
		}
	}
	return plainNumber(text)
}

func plainNumber(text string) string {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	if n > maxDigits || n > 1 && text[0] == '0' {
		return ""
	}
	return text[:n]
}

// plainList is a list of strings.
func plainList(text string) string {
	if strings.HasPrefix(text, "[]") {
		return text[:2]
	}
	n := 0
	for open := byte('['); n < len(text) && text[n] == open; open = ',' {
		element, ok := plainString(text[n+1:])
		if !ok {
			return ""
		}
		if n += 1 + len(element); strings.HasPrefix(text[n:], "]") {
			return text[:n+1]
		}
	}
	return ""
}

// unquoted is the text of a plain string; false if the value is none.
func unquoted(value string) (string, bool) {
	if value[0] != '"' {
		return "", false
	}
	return value[1 : len(value)-1], true
}

// integer is the value of a plain number; false if it is none.
func integer(value string) (int64, bool) {
	n, err := strconv.ParseInt(value, 10, 64)
	return n, err == nil
}
