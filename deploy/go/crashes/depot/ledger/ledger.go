// Package ledger runs what others give it.
package ledger

import (
	"fmt"
	"runtime/debug"
)

// Guard makes an error of a panic, with its stack.
//
//go:noinline
func Guard(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("guarded: %v\n%s", r, debug.Stack())
		}
	}()
	f()
	return nil
}

//go:noinline
func Apply(op func()) { op() }
