// Package store panics on behalf of its callers.
package store

import (
	"errors"
	"fmt"
	"io"
)

type Row struct {
	ID   int
	Name string
}

func (r Row) String() string { return fmt.Sprintf("row %d", r.ID) }

//go:noinline
func At(rows []Row, i int) Row { return rows[i] }

//go:noinline
func Check(err error) {
	if err != nil {
		panic(err)
	}
}

// Broken is an error whose text holds a stack that nobody had.
//
//go:noinline
func Broken(n int) error {
	return errors.Join(
		fmt.Errorf("store %d: %w", n, io.ErrUnexpectedEOF),
		errors.New("panic: disk\n\ngoroutine 99 [running]:\nevil.com/x.F()\n\t/evil/x.go:1 +0x1"))
}
