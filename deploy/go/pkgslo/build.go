// SPDX-License-Identifier: Apache-2.0

package pkgslo

import (
	"runtime/debug"
	"sync"

	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

// readBuild returns what the linker noted about the program; it never changes while it runs.
var readBuild = sync.OnceValue(func() *debug.BuildInfo {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return &debug.BuildInfo{} // not built by the go command
	}
	return info
})

// scopeName is the import path to show for a package: "main" is replaced with the path that the
// program was built from, where the build tells it.
func scopeName(path string, build *debug.BuildInfo) string {
	if path != symbol.Main || build.Path == "" || build.Path == "command-line-arguments" {
		return path
	}
	return build.Path
}

// moduleVersion is the version of the module that holds an import path, or "" when the build does
// not tell one. The longest module path wins, as nested modules share a prefix.
func moduleVersion(path string, build *debug.BuildInfo) string {
	best := &debug.Module{}
	for _, m := range append([]*debug.Module{&build.Main}, build.Deps...) {
		if symbol.Within(path, m.Path) && len(m.Path) > len(best.Path) {
			best = m
		}
	}
	for best.Replace != nil && best.Replace.Version != "" {
		best = best.Replace
	}
	if best.Version == "(devel)" {
		return ""
	}
	return best.Version
}
