// SPDX-License-Identifier: Apache-2.0

// Package symbol translates between import paths and the names that the Go linker gives to
// functions. The linker escapes a path (cmd/internal/objabi.PathToPrefix): dots in the last
// element, and blanks, control characters, '%', '"' and bytes from 0x7f anywhere, become %xx.
package symbol

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Main is the import path that every program's main package has in symbols.
const Main = "main"

const hexDigits = "0123456789abcdef"

// Package returns the unescaped import path of a function symbol, or "" when the symbol has none
// (C functions, "panic"). A GOPATH vendor directory is cut off.
func Package(sym string) string {
	if i := strings.IndexByte(sym, '['); i >= 0 {
		sym = sym[:i] // type arguments may hold slashes and dots of their own
	}
	slash := strings.LastIndexByte(sym, '/')
	dot := strings.IndexByte(sym[slash+1:], '.')
	if dot < 0 {
		return ""
	}
	path := Unescape(sym[:slash+1+dot])
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		path = path[i+len("/vendor/"):]
	}
	return path
}

// Escape returns an import path as symbols spell it.
func Escape(path string) string {
	slash := strings.LastIndexByte(path, '/')
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c <= ' ' || c == '%' || c == '"' || c >= 0x7f || c == '.' && i > slash {
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Unescape is the inverse of Escape; what is not a complete %xx stays as it is.
func Unescape(path string) string {
	if strings.IndexByte(path, '%') < 0 {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '%' && i+2 < len(path) {
			high, low := nibble(path[i+1]), nibble(path[i+2])
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(path[i])
	}
	return b.String()
}

func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// Method returns the symbol of a method of a named type.
func Method(path, typeName, method string, pointer bool) string {
	if i := strings.IndexByte(typeName, '['); i >= 0 {
		typeName = typeName[:i] + "[...]" // as the runtime prints generic types
	}
	if pointer {
		typeName = "(*" + typeName + ")"
	}
	return Escape(path) + "." + typeName + "." + method
}

// Function returns the symbol of a function that an operation name stands for. Characters that no
// identifier has become '_', so that the name is read back as a function of the path.
func Function(path, operation string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, operation)
	if first, _ := utf8.DecodeRuneInString(name); !unicode.IsLetter(first) && first != '_' {
		name = "_" + name
	}
	return Escape(path) + "." + name
}
