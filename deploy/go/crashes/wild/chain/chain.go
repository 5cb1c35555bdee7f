package chain

import (
	"errors"
	"fmt"
	"runtime"
)

//go:noinline
func Call(f func() int) int { return f() }

// Guard turns a panic into another one that wraps it.
func Guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Errorf("guarded: %v", r))
		}
	}()
	f()
}

// Same panics again with what it recovered.
func Same(f func()) {
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	f()
}

// Cleanup panics while it is run as a deferred call.
func Cleanup() {
	var c chan int
	close(c)
}

// Exit ends the goroutine in the middle of a panic.
func Exit(f func()) {
	defer runtime.Goexit()
	f()
}

var ErrA = errors.New("alpha failed")
