package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
)

// ownName is how every name of a report is spelled. Package encoding/json
// takes other cases of a name for the name itself; two of them could then hide
// one value behind another.
var ownName = regexp.MustCompile(`^[a-z_]+$`)

// checkNames refuses a document in which an object has a name twice, or one
// that is not spelled as a report's. The subject's details have free names.
func checkNames(doc []byte) error {
	w := nameWalk{dec: json.NewDecoder(bytes.NewReader(doc))}
	if err := w.value(ownName); err != nil {
		return fmt.Errorf("%s: %w", position(doc, w.dec.InputOffset()), err)
	}
	return nil
}

type nameWalk struct{ dec *json.Decoder }

func (w nameWalk) value(spelled *regexp.Regexp) error {
	tok, err := w.dec.Token()
	if err != nil {
		return err
	}
	switch tok {
	case json.Delim('{'):
		return w.object(spelled)
	case json.Delim('['):
		return w.array()
	}
	return nil
}

func (w nameWalk) array() error {
	for w.dec.More() {
		if err := w.value(ownName); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

func (w nameWalk) object(spelled *regexp.Regexp) error {
	seen := map[string]bool{}
	for w.dec.More() {
		name, err := w.name(spelled)
		if err != nil {
			return err
		}
		if seen[name] {
			return fmt.Errorf("%q stands twice in one object", name)
		}
		seen[name] = true
		if err := w.value(inside(name)); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

func (w nameWalk) name(spelled *regexp.Regexp) (string, error) {
	tok, err := w.dec.Token()
	if err != nil {
		return "", err
	}
	name, _ := tok.(string)
	if spelled != nil && !spelled.MatchString(name) {
		return "", fmt.Errorf("unknown field %q", name)
	}
	return name, nil
}

// inside returns how names are spelled inside a value of that name.
func inside(name string) *regexp.Regexp {
	if name == "details" {
		return nil
	}
	return ownName
}
