package boot3

import (
	"os"
	"regexp"
)

var table = func() map[string]*regexp.Regexp {
	m := map[string]*regexp.Regexp{}
	for _, s := range []string{"a+", "b*"} {
		m[s] = compile(s)
	}
	return m
}()

var _ = table

func compile(s string) *regexp.Regexp {
	if os.Getenv("WILD") == "boot3" {
		s += "(("
	}
	return regexp.MustCompile(s)
}
