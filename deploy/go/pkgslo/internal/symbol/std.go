// SPDX-License-Identifier: Apache-2.0

package symbol

import "strings"

// The first path elements of the standard library. "No dot in the first element" is no test:
// modules such as myapp/internal/x are real.
var std = func() map[string]bool {
	const elements = `archive arena bufio builtin bytes cmd cmp compress container context crypto
		database debug embed encoding errors expvar flag fmt go hash html image index internal io iter
		log maps math mime net os path plugin reflect regexp runtime simd slices sort strconv strings
		structs sync syscall testing text time unicode unique unsafe uuid vendor weak`
	set := make(map[string]bool)
	for _, e := range strings.Fields(elements) {
		set[e] = true
	}
	return set
}()

// Std reports whether an import path belongs to the standard library.
func Std(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return std[first]
}

// Within reports whether path is prefix or lies below it; a trailing slash of prefix is ignored.
func Within(path, prefix string) bool {
	rest, ok := strings.CutPrefix(path, strings.TrimSuffix(prefix, "/"))
	return ok && prefix != "" && (rest == "" || rest[0] == '/')
}
