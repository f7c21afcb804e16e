package results

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// Files are what a command writes. They are checked before any work, so that
// no work of minutes is lost to a file that cannot be written, and each is
// written beside and renamed, so that nobody reads half of one.
type Files struct {
	Stdout io.Writer // what is written to the file "-"
	files  []*file
}

// file is one of them.
type file struct {
	key        string // the flag or, in a folder, the name
	flag, name string // as they were given
	path       string // with links followed
	old        fs.FileInfo
	folder     fs.FileInfo
	private    bool   // for its owner alone
	within     string // a folder that is made for it
	written    bool
}

// Add has the flag write to the file of that name: "-" is standard output, ""
// nowhere.
func (s *Files) Add(flag, name string) { s.add(&file{key: flag, flag: flag, name: name}) }

// AddPrivate is Add for a file that holds secrets, so that nobody but its owner
// reads it, and for files beside it whose names end in the suffixes. Write calls
// those by flag and suffix.
func (s *Files) AddPrivate(flag, name string, suffixes ...string) {
	for _, suffix := range append([]string{""}, suffixes...) {
		if name != "" {
			s.add(&file{key: flag + suffix, flag: flag, name: name + suffix, private: true})
		}
	}
}

// AddFolder has the flag name a folder, which is made if need be, for files
// that Write calls by their names.
func (s *Files) AddFolder(flag, folder string, names ...string) {
	for _, name := range names {
		if folder != "" {
			s.add(&file{key: name, flag: flag, name: filepath.Join(folder, name), within: folder})
		}
	}
}

func (s *Files) add(f *file) {
	if f.name != "" {
		s.files = append(s.files, f)
	}
}

// Check returns a usage error unless each file can be written, is none of the
// others and none of those that are read. It leaves all of them as they are.
func (s *Files) Check(inputs ...string) error {
	for i, f := range s.files {
		if err := f.look(); err != nil {
			return exit.Usage("--%s %s cannot be written: %w", f.flag, f.name, err)
		}
		for _, other := range s.files[:i] {
			if f.same(other) {
				return exit.Usage("--%s and --%s cannot both have %s", other.flag, f.flag, f.where())
			}
		}
		for _, input := range inputs {
			if read, err := os.Stat(input); err == nil && f.old != nil && os.SameFile(read, f.old) {
				return exit.Usage("--%s %s: %s is read as well, and would be lost: choose another file", f.flag, f.name, input)
			}
		}
	}
	return nil
}

// keepWritable forgets the files that cannot be written, or that are named twice, or
// are read.
func (s *Files) keepWritable(inputs []string) {
	all := slices.Clone(s.files)
	s.files = slices.DeleteFunc(s.files, func(f *file) bool {
		alone := Files{Stdout: s.Stdout, files: []*file{f}}
		return alone.Check(inputs...) != nil || slices.ContainsFunc(all, func(other *file) bool {
			return other != f && other.look() == nil && f.same(other)
		})
	})
}

func (f *file) where() string {
	if f.name == "-" {
		return "standard output"
	}
	return f.name
}

// look finds out what is there, and whether something can be written beside it.
func (f *file) look() (err error) {
	if f.name == "-" {
		return nil
	}
	if f.within != "" {
		if err := os.MkdirAll(f.within, 0o777); err != nil {
			return err
		}
	}
	f.path = f.name
	if link, err := os.Readlink(f.name); err == nil {
		f.path = link
		if !filepath.IsAbs(link) {
			f.path = filepath.Join(filepath.Dir(f.name), link)
		}
	}
	if f.old, err = os.Stat(f.name); err == nil {
		if f.path, err = filepath.EvalSymlinks(f.name); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !f.replaceable() {
		return nil // who reads a pipe would see it closed
	}
	if f.folder, err = os.Stat(filepath.Dir(f.path)); err != nil {
		return err
	}
	return f.try()
}

// replaceable is false of a pipe or a device, which is written as it is.
func (f *file) replaceable() bool {
	return f.name != "-" && (f.old == nil || f.old.Mode().IsRegular() || f.old.IsDir())
}

// try opens what is there, and a file beside it.
func (f *file) try() error {
	if f.old != nil {
		opened, err := os.OpenFile(f.path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		if err := opened.Close(); err != nil {
			return err
		}
	}
	beside, err := f.beside()
	if err != nil {
		return err
	}
	return errors.Join(beside.Close(), os.Remove(beside.Name()))
}

func (f *file) same(other *file) bool {
	switch {
	case f.name == "-" || other.name == "-":
		return f.name == other.name
	case f.old != nil && other.old != nil:
		return os.SameFile(f.old, other.old) && f.path != os.DevNull
	case f.folder != nil && other.folder != nil:
		return os.SameFile(f.folder, other.folder) && filepath.Base(f.path) == filepath.Base(other.path)
	}
	return false
}

// OnStdout reports whether a document has standard output, which nothing else
// may have then.
func (s *Files) OnStdout() bool {
	return slices.ContainsFunc(s.files, func(f *file) bool { return f.name == "-" })
}

// Write writes what the flag asked for, and nothing if it asked for none. A
// reader of standard output that has gone costs nothing.
func (s *Files) Write(flag string, write func(io.Writer) error) error {
	out, err := s.Stream(flag)
	if out == nil || err != nil {
		return err
	}
	out.of.written = true
	return out.end(write(out))
}

func (f *file) failed(err error) error {
	return exit.Broken(fmt.Errorf("--%s %s: %w", f.flag, f.name, err))
}

// Mark is Write for what stands in the flag's file until its document is
// there: a pipe, a device and standard output get the document alone. If it
// cannot be written, as on a full disk, what an earlier command left is removed.
func (s *Files) Mark(flag string, write func(io.Writer) error) error {
	i := slices.IndexFunc(s.files, func(f *file) bool { return f.key == flag && f.replaceable() })
	if i < 0 {
		return nil
	}
	out, err := s.Stream(flag)
	if err == nil {
		err = out.end(write(out))
	}
	if err != nil {
		_ = os.Remove(s.files[i].path)
	}
	return err
}

// withdraw removes what an earlier command left, but for the flag's file, so
// that nobody takes it for the result of this one.
func (s *Files) withdraw(but string) error {
	for _, f := range s.files {
		if f.key == but || f.old == nil || !f.replaceable() {
			continue
		}
		if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.failed(err)
		}
	}
	return nil
}
