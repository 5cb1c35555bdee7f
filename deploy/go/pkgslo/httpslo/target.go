// SPDX-License-Identifier: Apache-2.0

package httpslo

import (
	"net/http"
	"reflect"
	"runtime"
	"strings"

	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

// maxMuxes bounds how many nested muxes are looked through; a mux may hold itself.
const maxMuxes = 8

// target is the code that serves a request.
type target struct {
	path     string // import path, "main" for a program
	function string // symbol
	file     string // where the function stands; "" when not known
}

// target finds what will serve r, and the pattern that leads there ("" for none).
func (h *handler) target(r *http.Request) (target, string) {
	next, pattern := h.next, r.Pattern
	for range maxMuxes {
		mux, ok := next.(*http.ServeMux)
		if !ok {
			break
		}
		inner, p := mux.Handler(r)
		if p == "" {
			break // not found, or a redirect
		}
		next, pattern = inner, p
	}
	t, ok := targetOf(next)
	if h.fixed != nil {
		function := h.fixed.Symbol("ServeHTTP")
		if path := symbol.Package(function); path != t.path { // the attribute must not contradict the chosen package
			t = target{path: path, function: function}
		}
	} else if !ok {
		t = target{h.owner.Package, h.owner.Symbol, h.owner.File}
	}
	return t, pattern
}

// targetOf names the code of a handler; false for the standard library's and for types without a
// package.
func targetOf(h http.Handler) (target, bool) {
	if wrapped, ok := h.(*handler); ok {
		h = wrapped.next
	}
	if f, ok := h.(http.HandlerFunc); ok {
		code := runtime.FuncForPC(reflect.ValueOf(f).Pointer())
		if code == nil {
			return target{}, false
		}
		name := strings.TrimSuffix(code.Name(), "-fm") // a method value
		path := symbol.Package(name)
		file, _ := code.FileLine(code.Entry())
		return target{path, name, file}, path != "" && !symbol.Std(path)
	}
	t := reflect.TypeOf(h)
	pointer := t != nil && t.Kind() == reflect.Pointer
	if pointer {
		t = t.Elem()
	}
	if t == nil || t.PkgPath() == "" || symbol.Std(t.PkgPath()) {
		return target{}, false
	}
	return target{path: t.PkgPath(), function: symbol.Method(t.PkgPath(), t.Name(), "ServeHTTP", pointer)}, true
}
