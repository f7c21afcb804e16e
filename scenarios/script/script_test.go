package script

import (
	"regexp"
	"strings"
	"testing"
)

const header = "id: own/mine\ntitle: T\nlevel: must\nrequirement: R\nrefs: RFC 7009\n"

func load(text string) error {
	_, err := Parse("mine.txt", strings.NewReader(text))
	return err
}

const sound = `
login alice -> T
call T
logout T
call T refused
login alice -> U
call U
call T refused
`

func TestASoundScriptLoads(t *testing.T) {
	if err := load(header + sound); err != nil {
		t.Fatal(err)
	}
}

// Each text is refused before anything is sent, and the error names the file
// and line, and what is wrong.
func TestBadScriptsAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown verb":            {header + "\nlogin alice -> T\nexec rm", `mine.txt:8: unknown verb "exec"`},
		"negated step":            {header + "\nlogin alice -> T\n! call T", `mine.txt:8: unknown verb "!"`},
		"optional step":           {header + "\nlogin alice -> T\n? call T", `mine.txt:8: unknown verb "?"`},
		"condition":               {header + "\n[linux] call none", `mine.txt:7: unknown verb "[linux]"`},
		"background":              {header + "\nlogin alice -> T\ncall T &", `mine.txt:8: "&" is none of`},
		"unknown header":          {header + "colour: red\n" + sound, `mine.txt:6: unknown header "colour"`},
		"header twice":            {header + "title: Again\n" + sound, `mine.txt:6: header "title" stands in line 2 already`},
		"missing header":          {"id: own/mine\n" + sound, `header "title" is missing`},
		"bad id":                  {strings.Replace(header, "own/mine", "Mine", 1) + sound, `mine.txt:1: header id: "Mine" is not an ID`},
		"bad level":               {strings.Replace(header, "must", "ought", 1) + sound, `mine.txt:3: header level`},
		"unknown need":            {header + "needs: wings\n" + sound, `mine.txt:6: header needs: "wings" is no capability`},
		"no steps":                {header, "it has no steps"},
		"unnamed token":           {header + "\ncall T", "mine.txt:7: no earlier step names a token T"},
		"name twice":              {header + "\nlogin alice -> T\nlogin alice -> T", "mine.txt:8: T is the name of another token already"},
		"unknown option":          {header + "\nlogin alice speed=fast -> T", "mine.txt:7: unknown option speed="},
		"unknown user":            {header + "\nlogin mallory -> T", `"mallory" is none of`},
		"second user undeclared":  {header + "\nlogin bob -> T\ncall T", `mine.txt:7: there is no user for bob (add "two-users" to needs:)`},
		"second route undeclared": {header + "\nlogin alice -> T\ncall T route=2", `(add "two-routes" to needs:)`},
		"no acceptance before":    {header + "\nlogin alice -> T\nlogout T\ncall T refused\nlogin alice -> U\ncall U\ncall T refused", "is refused without having been accepted before (or say why not"},
		"no control":              {header + "\nlogin alice -> T\ncall T\nlogout T\ncall T refused", "no live token is accepted after the refusal"},
		"not refused once more":   {header + "\nlogin alice -> T\ncall T\nlogout T\ncall T refused\nlogin alice -> U\ncall U", "is not refused once more after the live control"},
		"open route undeclared":   {header + "\nopen none", `mine.txt:7: "open none" cannot be done at every target (add "open-route" to needs:)`},
		"counter undeclared":      {header + "\nhits mark", `mine.txt:7: "hits mark" cannot be done at every target (add "hits" to needs:)`},
		"key undeclared":          {header + "\nlogin alice -> T\nmint T exp=+1h -> X", `mine.txt:8: "mint T exp=+1h -> X" cannot be done at every target (add "mint" to needs:)`},
		"replica undeclared":      {header + "\nlogin alice -> T\ncall T replica=2", `mine.txt:8: "call T replica=2" cannot be done at every target (add "replicas" to needs:)`},
		"long line":               {header + "\nlogin alice -> T\n# " + strings.Repeat("x", maxLine), "mine.txt:8: a line has less than 4096 bytes"},
		"control character":       {header + "\nlogin alice\x1b[0m -> T", "mine.txt:7: control character U+001B"},
		"wait without a unit":     {header + "\nlogin alice -> T\nwait 61", `"61" is no time`},
		"logout of none":          {header + "\nlogin alice -> T\nlogout none", "say harmless"},
	} {
		t.Run(name, func(t *testing.T) {
			err := load(c.text)
			if err == nil {
				t.Fatal("it loads")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is\n  %v\nand should contain\n  %s", err, c.want)
			}
			if !strings.HasPrefix(err.Error(), "mine.txt") {
				t.Errorf("the error does not name the file: %v", err)
			}
			if !lineOf.MatchString(err.Error()) {
				t.Errorf("the error does not name the line: %v", err)
			}
		})
	}
}

var lineOf = regexp.MustCompile(`^mine\.txt:[1-9]\d*: `)

// A step that only some targets allow loads where the header asks for it.
func TestStepsThatTheHeaderAsksForLoad(t *testing.T) {
	for needs, steps := range map[string]string{
		"open-route": "open none", "hits": "hits mark", "mint": "login alice -> T\nmint T exp=+1h -> X", "replicas": "login alice replica=2 -> T",
		"add-replica": "add-replica\nlogin alice replica=2 -> T", "store-faults": "break-store\nmend-store",
	} {
		if err := load(header + "needs: " + needs + "\n\n" + steps); err != nil {
			t.Error(err)
		}
	}
}

// What cannot be seen on a line does not keep the header from ending.
func TestALineOfSpacesEndsTheHeader(t *testing.T) {
	if err := load(header + " \t" + sound); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(header + sound)
	f.Add(header + "needs: mint, replicas\n\nlogin alice life=short -> T\nmint T exp=+1h nbf=none -> X\ncall X replica=2 via=http2\nwait-until T after-exp\n")
	f.Add("id: a/b\n\x00")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("fuzz.txt", strings.NewReader(text))
		if err == nil && (s.ID == "" || s.Run == nil) {
			t.Error("a script without an ID or steps loads")
		}
	})
}
