package work

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

type Job struct {
	Name string
	Next *Job
}

func (j *Job) Run() int { return len(j.Next.Next.Name) }

func each(xs []int, f func(int)) {
	for _, x := range xs {
		f(x)
	}
}

func Inline(xs []int) {
	each(xs, func(i int) {
		if i == 2 {
			panic(fmt.Sprintf("bad element %d", i))
		}
	})
}

func Wrapped() { panic(fmt.Errorf("load: %w", errors.New("disk gone"))) }

func RePanicOther() {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("while handling: %v", r))
		}
	}()
	Wrapped()
}

func RePanicSame() {
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	var j Job
	j.Run()
}

func DeferPanics() {
	defer func() { panic("second") }()
	panic("first")
}

func Multi() { panic("line one\nline two\ngoroutine 77 [running]:\nfake.Frame(0x1)\n\t/x/y.go:1 +0x1") }

func MapRace() {
	m := map[int]int{}
	for i := 0; i < 8; i++ {
		go func() {
			for k := 0; ; k++ {
				m[k%7] = k
			}
		}()
	}
	for {
		runtime.Gosched()
	}
}

func Deadlock() { ch := make(chan int); <-ch }

func Overflow(s string) int { return Overflow(strings.ToUpper(s)) + 1 }

func OOM() {
	x := make([][]byte, 0)
	for {
		x = append(x, make([]byte, 1<<40))
	}
}

func Goroutine() { go func() { go spawn() }(); select {} }
func spawn()     { var m map[string]int; m["a"] = 1 }

func Seq(yield func(int) bool) {
	for i := 0; i < 3; i++ {
		if !yield(i) {
			return
		}
	}
}
func RangeFunc() {
	for i := range Seq {
		if i == 1 {
			panic(errors.New("in range func"))
		}
	}
}
func Conv(v any) fmt.Stringer { return v.(fmt.Stringer) }
func Makes(n int) []byte      { return make([]byte, n) }
func Shift(n int) int         { return 1 << n }
func MustExit()               { defer func() { runtime.Goexit() }(); panic("lost in goexit") }
