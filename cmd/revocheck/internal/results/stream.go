package results

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// streamBuffer is what a Stream gathers before it writes, in bytes.
const streamBuffer = 1 << 16

// Stream is a file that is written bit by bit.
type Stream struct {
	*bufio.Writer
	of *file
	to *os.File // nil for standard output
	// replaces means that what was written is moved into its place at the end.
	replaces bool
}

// Stream opens the flag's file, for what is too long to be kept; nil if the
// flag asked for none.
func (s *Files) Stream(flag string) (*Stream, error) {
	i := slices.IndexFunc(s.files, func(f *file) bool { return f.key == flag })
	if i < 0 {
		return nil, nil
	}
	f := s.files[i]
	if f.name == "-" {
		return &Stream{Writer: bufio.NewWriterSize(s.Stdout, streamBuffer), of: f}, nil
	}
	to, err := f.open()
	if err != nil {
		return nil, f.failed(err)
	}
	return &Stream{bufio.NewWriterSize(to, streamBuffer), f, to, f.replaceable()}, nil
}

// Close puts the file into its place.
func (s *Stream) Close() error { return s.end(nil) }

// end closes the file, and moves it into its place unless it could not be
// written.
func (s *Stream) end(err error) error {
	if err == nil {
		err = s.Flush()
	}
	if s.to != nil {
		err = s.endFile(err)
	}
	if s.replaces && err != nil {
		return s.of.failed(err)
	}
	return Shown(err)
}

func (s *Stream) endFile(err error) error {
	if err == nil && s.replaces {
		err = s.to.Sync()
	}
	err = errors.Join(err, s.to.Close())
	switch {
	case !s.replaces:
		return err
	case err == nil:
		return s.replace()
	}
	_ = os.Remove(s.to.Name())
	return err
}

func (f *file) open() (*os.File, error) {
	if f.replaceable() {
		return f.beside()
	}
	return os.OpenFile(f.path, os.O_WRONLY, 0)
}

// beside makes a new file in the folder of this one, with the mode of the one
// that it is to replace.
func (f *file) beside() (*os.File, error) {
	mode := os.FileMode(0o666)
	if f.private {
		mode = 0o600
	}
	name := filepath.Join(filepath.Dir(f.path), "."+filepath.Base(f.path)+"."+rand.Text()[:8])
	made, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	var at *os.PathError
	if errors.As(err, &at) {
		at.Path = f.path // the name beside it would tell nobody anything
	}
	if err == nil && f.old != nil && !f.private {
		_ = made.Chmod(f.old.Mode().Perm()) // not every file system has modes
	}
	return made, err
}

// replace moves the file into its place. One that is mounted by itself cannot
// be replaced, but written to.
func (s *Stream) replace() error {
	failed := os.Rename(s.to.Name(), s.of.path)
	if failed == nil {
		return nil
	}
	defer func() { _ = os.Remove(s.to.Name()) }()
	from, err := os.Open(s.to.Name())
	if err != nil {
		return failed
	}
	defer func() { _ = from.Close() }()
	to, err := os.OpenFile(s.of.path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return failed
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}
