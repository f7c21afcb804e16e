package junit

import (
	"encoding/xml"
	"io"
)

// The document has what Jenkins' strict schema allows and no more, in its order:
// a <skipped> without attributes, and no count of them at the root.
type (
	suites struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr,omitempty"`
		Time     string   `xml:"time,attr,omitempty"` // in seconds
		Tests    int      `xml:"tests,attr"`
		Errors   int      `xml:"errors,attr"`
		Failures int      `xml:"failures,attr"`
		Suites   []suite  `xml:"testsuite"`
	}
	suite struct {
		Name       string     `xml:"name,attr"`
		Tests      int        `xml:"tests,attr"`
		Failures   int        `xml:"failures,attr"`
		Errors     int        `xml:"errors,attr"`
		ID         int        `xml:"id,attr"`
		Skipped    int        `xml:"skipped,attr,omitempty"`
		Time       string     `xml:"time,attr"`
		Timestamp  string     `xml:"timestamp,attr,omitempty"` // RFC 3339
		Properties []property `xml:"properties>property"`
		Cases      []testcase `xml:"testcase"`
	}
	property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	testcase struct {
		Name      string  `xml:"name,attr"`
		Classname string  `xml:"classname,attr"`
		Time      string  `xml:"time,attr,omitempty"`
		Skipped   *output `xml:"skipped"`
		Error     *result `xml:"error"`
		Failure   *result `xml:"failure"`
		SystemOut *output `xml:"system-out"`
	}
	result struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Data    string `xml:",cdata"`
	}
	output struct {
		Data string `xml:",cdata"`
	}
)

func (s *suites) add(one suite) {
	one.ID = len(s.Suites)
	s.Suites = append(s.Suites, one)
	s.Tests += one.Tests
	s.Errors += one.Errors
	s.Failures += one.Failures
}

func (s *suite) add(c testcase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Error != nil:
		s.Errors++
	case c.Failure != nil:
		s.Failures++
	case c.Skipped != nil:
		s.Skipped++
	}
}

func (s *suites) write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "\t")
	if err := enc.Encode(s); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
