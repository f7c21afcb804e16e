package results

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func put(t *testing.T, name, content string, mode os.FileMode) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return name
}

func holds(t *testing.T, name, want string) {
	t.Helper()
	if got, err := os.ReadFile(name); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", name, got, err, want)
	}
}

// Nothing is left beside what was written, which keeps its mode, its links, and
// its old content when it could not be written.
func TestAFileIsReplacedAsAWhole(t *testing.T) {
	dir := t.TempDir()
	old := put(t, filepath.Join(dir, "old"), "old", 0o640)
	link := filepath.Join(dir, "link")
	if err := os.Symlink("old", link); err != nil {
		t.Fatal(err)
	}
	var s Files
	s.Add("json", link)
	s.AddPrivate("target-file", filepath.Join(dir, "secret"), ".key")
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	holds(t, old, "old")
	broken := errors.New("broken")
	if err := s.Write("json", func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken }); !errors.Is(err, broken) || exit.Code(err) != exit.CodeBroken {
		t.Errorf("%v", err)
	}
	holds(t, old, "old")
	if err := errors.Join(s.Write("json", text("new")), s.Write("target-file", text("a")), s.Write("target-file.key", text("b")), s.Write("junit", text("c"))); err != nil {
		t.Error(err)
	}
	holds(t, link, "new")
	for name, mode := range map[string]os.FileMode{old: 0o640, filepath.Join(dir, "secret"): 0o600, filepath.Join(dir, "secret.key"): 0o600} {
		if info, err := os.Lstat(name); err != nil || info.Mode() != mode {
			t.Errorf("%s has the mode %v, %v; want %v", name, info.Mode(), err, mode)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 4 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
}

func TestFilesThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	old := put(t, filepath.Join(dir, "old"), "old", 0o600)
	dangling := filepath.Join(dir, "dangling")
	if err := os.Symlink("new", dangling); err != nil {
		t.Fatal(err)
	}
	for says, names := range map[string][3]string{ // two outputs and an input
		"no such file":         {filepath.Join(dir, "none", "x")},
		"is a directory":       {dir},
		"cannot both have":     {old, filepath.Join(dir, ".", "old")},
		"cannot both have new": {"new", "new"},
		"both have standard":   {"-", "-"},
		"cannot both have " + filepath.Join(dir, "new"): {dangling, filepath.Join(dir, "new")},
		"is read as well": {old, "", old},
	} {
		var s Files
		s.Add("json", names[0])
		s.Add("junit", names[1])
		if err := s.Check(names[2]); exit.Code(err) != exit.CodeUsage || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v; want %q", names, err, says)
		}
	}
	var s Files
	s.Add("json", os.DevNull)
	s.Add("junit", os.DevNull)
	if err := errors.Join(s.Check(), s.Write("json", text("x"))); err != nil {
		t.Error(err)
	}
	holds(t, old, "old")
}

// What cannot be marked, for want of room, is no longer there: nobody takes it
// for the result of this command.
func TestAMarkThatCannotBeWrittenRemovesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	old := put(t, filepath.Join(dir, "old"), "yesterday's", 0o600)
	var s Files
	s.Add("json", old)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left")
	if err := s.Mark("json", func(io.Writer) error { return full }); !errors.Is(err, full) {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left there: %v, %v", left, err)
	}
}

// Until there is a result the document says that there is none, and for good if
// there never is.
func TestWhatAGuardedFileSays(t *testing.T) {
	dir := t.TempDir()
	doc, other := put(t, filepath.Join(dir, "doc"), "yesterday's", 0o600), put(t, filepath.Join(dir, "other"), "yesterday's", 0o600)
	why := func() string {
		content, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		return WhyEnded(content)
	}
	guard := func(stdout io.Writer, name string, work func(*Files) error) error {
		s := &Files{Stdout: stdout}
		s.Add("json", name)
		s.Add("hdr", other)
		return s.Guard("json", nil, func() error { return work(s) })
	}
	err := guard(nil, doc, func(*Files) error {
		if why() != underWay {
			t.Errorf("under way: %q", why())
		}
		if _, err := os.Stat(other); err == nil {
			t.Error("another file of yesterday is still there")
		}
		return exit.Usage("no such thing")
	})
	if exit.Code(err) != exit.CodeUsage || why() != "no such thing" {
		t.Errorf("%v, and the document says %q", err, why())
	}
	err = guard(nil, doc, func(s *Files) error { return errors.Join(s.Write("json", text("{}")), exit.Verdict(1)) })
	if exit.Code(err) != 1 {
		t.Error(err)
	}
	holds(t, doc, "{}")
	var out bytes.Buffer
	err = guard(&out, "-", func(s *Files) error { return s.Write("json", text("alone")) })
	if err != nil || out.String() != "alone" {
		t.Errorf("%q, %v", out.String(), err)
	}
}
