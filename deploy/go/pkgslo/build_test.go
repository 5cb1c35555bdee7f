// SPDX-License-Identifier: Apache-2.0

package pkgslo

import (
	"runtime/debug"
	"testing"
)

func TestBuild(t *testing.T) {
	build := &debug.BuildInfo{
		Path: "example.com/shop/cmd/app",
		Main: debug.Module{Path: "example.com/shop", Version: "v1.2.3"},
		Deps: []*debug.Module{
			{Path: "example.com/kit", Version: "v2.0.0"},
			{Path: "example.com/kit/deep", Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v0.1.1"}},
			{Path: "example.com/local", Version: "v0.0.9", Replace: &debug.Module{Path: "../local"}},
			{Path: "example.com/devel", Version: "(devel)"},
		},
	}
	for path, want := range map[string]string{
		"example.com/shop/cart":     "v1.2.3",
		"example.com/kit":           "v2.0.0",
		"example.com/kit/deep/down": "v0.1.1",
		"example.com/kitten":        "",
		"example.com/local/x":       "v0.0.9",
		"example.com/devel":         "",
		"net/http":                  "",
	} {
		if got := moduleVersion(path, build); got != want {
			t.Errorf("version of %s is %q, want %q", path, got, want)
		}
	}
	for _, c := range []struct{ path, program, want string }{
		{"main", "example.com/shop/cmd/app", "example.com/shop/cmd/app"},
		{"main", "command-line-arguments", "main"},
		{"main", "", "main"},
		{"example.com/a", "example.com/shop/cmd/app", "example.com/a"},
	} {
		if got := scopeName(c.path, &debug.BuildInfo{Path: c.program}); got != c.want {
			t.Errorf("scope of %s in %q is %q", c.path, c.program, got)
		}
	}
}
