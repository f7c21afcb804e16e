package matrix_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios/target/reference/matrix"
)

func TestALineIsWrittenAsItWasRead(t *testing.T) {
	const text = "one: a/b c/d | e/f\ntwo: a/b |\nthree: | e/f"
	lines, err := matrix.Parse(text + "\n")
	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	var written []string
	for _, l := range lines {
		written = append(written, l.String())
	}
	if got := strings.Join(written, "\n"); got != text {
		t.Errorf("written:\n%s\nread:\n%s", got, text)
	}
	if one := lines[0]; one.Fault != "one" || !slices.Equal(one.Meant, []string{"a/b", "c/d"}) || !slices.Equal(one.Also, []string{"e/f"}) {
		t.Errorf("%+v", one)
	}
}

func TestALineThatIsWrongIsNamed(t *testing.T) {
	for _, wrong := range []string{"two a/b | c/d", "two: a/b c/d", ": a/b |", "", "one: a/b |", "two: a/b | a/b", "two: a/b a/b |"} {
		if _, err := matrix.Parse("one: a/b |\n" + wrong + "\nthree: a/b |\n"); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestTheFaultsOfAScenario(t *testing.T) {
	meant, also, err := matrix.Faults("respelling/ecdsa-twin")
	if err != nil || !slices.Contains(meant, "key-signature") || slices.Contains(also, "key-signature") {
		t.Errorf("meant for %q, %v", meant, err)
	}
	if !slices.Contains(also, "logout-does-nothing") {
		t.Errorf("also finds %q", also)
	}
	if meant, also, _ := matrix.Faults("respelling/no-such"); len(meant)+len(also) > 0 {
		t.Errorf("a scenario that is none finds %q, %q", meant, also)
	}
}
