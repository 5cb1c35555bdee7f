package worker

import (
	"errors"

	perr "github.com/pkg/errors"
)

type Job struct {
	Next *Job
	ID   int
}

//go:noinline
func (j *Job) Run() int { return j.Next.ID }

func Fail() error { return perr.WithStack(errors.New("wrapped failure")) }

func Do(f func()) { f() }
