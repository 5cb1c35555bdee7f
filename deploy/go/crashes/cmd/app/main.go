package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	_ "example.com/acme/shop.v2/badinit"
	"example.com/acme/shop.v2/billing"
	yaml "example.com/acme/shop.v2/yaml.v3"
)

type badM struct{}

func (badM) MarshalJSON() ([]byte, error) { panic("in MarshalJSON") }

type kind string
type plain struct{ a int }
type myErr struct{}

func (*myErr) Error() string { panic("error in Error") }

func work() { yaml.Map([]int{1}, func(i int) billing.Order { panic(fmt.Sprint("generic closure ", i)) }) }

func main() {
	switch os.Args[1] {
	case "closure":
		billing.Guard()()
	case "rangefunc":
		for i := range billing.Iter {
			panic(fmt.Sprint("range ", i))
		}
	case "once":
		f := sync.OnceFunc(func() { panic("in once func") })
		f()
	case "pkgvar":
		billing.Handler()
	case "generic":
		s := &yaml.Set[billing.Order]{}
		s.Add(billing.Order{})
	case "genclosure":
		work()
	case "kind":
		panic(kind("named string"))
	case "plain":
		panic(&plain{})
	case "nilpanic":
		panic(nil)
	case "multiline":
		panic("line1\nline2\ngoroutine 7 [running]:\nfake.Frame()\n\t/x/y.go:1 +0x1\n\nend")
	case "repanic":
		defer func() { r := recover(); panic(r) }()
		panic(errors.New("PANIC"))
	case "rewrap":
		defer func() { r := recover(); panic(fmt.Sprint("again: ", r)) }()
		billing.Nil(nil)
	case "nested":
		defer func() { panic("second") }()
		panic("first")
	case "json":
		json.Marshal(badM{})
	case "errpanics":
		panic(&myErr{})
	case "maprace":
		m := map[int]int{}
		for i := 0; i < 8; i++ {
			go func() { for j := 0; ; j++ { m[j%10] = j } }()
		}
		time.Sleep(5 * time.Second)
	case "deadlock":
		ch := make(chan int)
		<-ch
	case "unlock":
		var mu sync.Mutex
		mu.Unlock()
	case "overflow":
		var f func(int) int
		f = func(i int) int { return f(i+1) + 1 }
		f(0)
	case "goexit":
		go func() { time.Sleep(time.Millisecond) }()
		runtime.Goexit()
	case "http":
		log.SetOutput(os.Stderr)
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { billing.Nil(nil) }))
		http.Get(s.URL)
	case "abort":
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }))
		http.Get(s.URL)
	case "slog":
		defer func() { r := recover(); slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true})).Error("recovered", "panic", r, "stack", string(debug.Stack())) }()
		billing.Nil(nil)
	case "slogtext":
		defer func() { r := recover(); slog.New(slog.NewTextHandler(os.Stderr, nil)).Error("recovered", "panic", r, "stack", string(debug.Stack())) }()
		billing.Nil(nil)
	case "logstack":
		defer func() { r := recover(); log.Printf("recovered: %v\n%s", r, debug.Stack()) }()
		billing.Nil(nil)
	case "stacknopanic":
		log.Printf("error: just looking\n%s", debug.Stack())
	case "quit":
		syscall.Kill(os.Getpid(), syscall.SIGQUIT); time.Sleep(time.Second)
	case "abrt":
		syscall.Kill(os.Getpid(), syscall.SIGABRT); time.Sleep(time.Second)
	case "wg":
		var wg sync.WaitGroup
		wg.Go(func() { panic("in wg.Go") })
		wg.Wait()
	case "afterfunc":
		time.AfterFunc(1, func() { billing.Nil(nil) }); time.Sleep(time.Second)
	case "spawned":
		go json.Marshal(badM{})
		time.Sleep(time.Second)
	case "deep":
		var f func(int) int
		f = func(i int) int { if i == 0 { panic("bottom") }; return f(i-1) + 1 }
		f(300)
	case "ok":
	}
}
