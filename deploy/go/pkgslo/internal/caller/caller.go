// SPDX-License-Identifier: Apache-2.0

// Package caller finds the code that called into this module.
package caller

import (
	"runtime"

	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

// depth bounds the search for a caller: mappers and pools stack a few dozen frames at most.
const depth = 64

// Frame is one function on the stack.
type Frame struct {
	Symbol  string // as the linker names it
	Package string // unescaped import path, "main" for a program
	File    string // as recorded by the compiler; relative with -trimpath
}

// At returns the frame that is skip frames above the caller of At (0 is that caller itself). The
// zero Frame means that the stack ends before.
func At(skip int) Frame {
	var pcs [1]uintptr
	if runtime.Callers(skip+2, pcs[:]) == 0 {
		return Frame{}
	}
	return Of(pcs[0])
}

// PC is At without the look-up: a key to remember what Of returned.
func PC(skip int) uintptr {
	var pcs [1]uintptr
	runtime.Callers(skip+2, pcs[:])
	return pcs[0]
}

// Of describes a program counter that PC returned.
func Of(pc uintptr) Frame {
	if pc == 0 {
		return Frame{}
	}
	f, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	return frame(f)
}

// First returns the nearest frame above the caller of First that lies neither in the standard
// library nor in a package that skip names. False means that there is none, as in a goroutine
// that the standard library started.
func First(skip func(importPath string) bool) (Frame, bool) {
	var pcs [depth]uintptr
	n := runtime.Callers(2, pcs[:])
	frames := runtime.CallersFrames(pcs[:n])
	for more := n > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if c := frame(f); c.Package != "" && !symbol.Std(c.Package) && !skip(c.Package) {
			return c, true
		}
	}
	return Frame{}, false
}

func frame(f runtime.Frame) Frame {
	return Frame{Symbol: f.Function, Package: symbol.Package(f.Function), File: f.File}
}
