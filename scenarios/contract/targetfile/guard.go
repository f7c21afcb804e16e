package targetfile

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// deepest is how deep a target file may nest. Its keys nest four deep.
const deepest = 50

// regular is an error of what is no file, before it is opened: a named pipe
// that nobody writes to would never be read.
func regular(name string) error {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is %s, not a file", name, kind(info.Mode()))
	}
	return err
}

func kind(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a directory"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	}
	return "a device"
}

// tooDeep is the line at which the source nests deeper than any target file
// does, 0 if it does not. The parser would take minutes for it. Brackets in
// quotes count as well.
func tooDeep(source []byte) (line int) {
	depth := 0
	for text := range bytes.Lines(source) {
		line++
		if sequences(string(text)) > deepest {
			return line
		}
		for _, c := range text {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > deepest {
				return line
			}
		}
	}
	return 0
}

// sequences counts the entries that begin in one line, each in the one before.
func sequences(line string) (n int) {
	for line = strings.TrimLeft(line, " "); len(line) > 1 && strings.ContainsRune("-?", rune(line[0])) && line[1] == ' '; n++ {
		line = strings.TrimLeft(line[2:], " ")
	}
	return n
}
