package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"log"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"sort"
	"strings"
	"sync"
	"text/template"
	"time"
	"unsafe"

	wild "gopkg.example.dev/wild.v4"
	_ "gopkg.example.dev/wild.v4/boot1"
	_ "gopkg.example.dev/wild.v4/boot2"
	_ "gopkg.example.dev/wild.v4/boot3"
	"gopkg.example.dev/wild.v4/boot4"
	"gopkg.example.dev/wild.v4/chain"
	"gopkg.example.dev/wild.v4/errs"
	ab "gopkg.example.dev/wild.v4/initrun/a~b"
	xy "gopkg.example.dev/wild.v4/initrun/x+y"
	rules "gopkg.example.dev/wild.v4/store/rules.v4"
	"gopkg.example.dev/wild.v4/tree"
)

type stringer struct{ inner *int }

func (s stringer) String() string { return fmt.Sprint(*s.inner) }

type holder struct{ *inner }
type inner struct{ n int }

//go:noinline
func (i *inner) Get() int { return i.n }

type marshaler struct{}

func (marshaler) MarshalJSON() ([]byte, error) { panic("marshal boom") }

var cases = map[string]func(){
	"root":     func() { wild.Boom(3) },
	"dotted":   func() { (&rules.Set[string, float64]{}).AddAll(map[string]float64{"a": 1}) },
	"race":     func() { (&rules.Set[string, int]{}).Race() },
	"raceiter": func() { (&rules.Set[int, int]{}).RaceIter() },
	"overflow": func() { (&tree.Node{}).Depth(0) },
	"walk": func() {
		for n := range (&tree.Node{L: &tree.Node{}}).Walk {
			_ = n.R.L
		}
	},
	"pull": func() {
		next, stop := iter.Pull((&tree.Node{L: &tree.Node{}}).Walk)
		defer stop()
		for {
			n, _ := next()
			_ = n.R.L
		}
	},
	"pullin": func() {
		next, stop := iter.Pull(func(yield func(int) bool) { yield(1); errs.Joined() })
		defer stop()
		next()
		next()
	},
	"guard":  func() { chain.Guard(func() { wild.Boom(1) }) },
	"guard2": func() { chain.Guard(func() { chain.Guard(errs.Joined) }) },
	"same":   func() { chain.Same(func() { wild.Boom(1) }) },
	"deferred": func() {
		done := make(chan int)
		go func() { defer close(done); defer chain.Cleanup() }()
		<-done
		time.Sleep(time.Second)
	},
	"deferpanic": func() { defer chain.Cleanup(); wild.Boom(2) },
	"goexit":     func() { chain.Exit(func() { wild.Boom(2) }) },
	"joined":     errs.Joined,
	"forged":     errs.Forged,
	"empty":      errs.Empty,
	"nl":         errs.NL,
	"nilp":       errs.NilP,
	"struct":     errs.Struct,
	"ptr":        errs.Ptr,
	"kindp":      errs.KindP,
	"flagp":      errs.FlagP,
	"cplx":       errs.CplxP,
	"evil":       errs.EvilP,
	"eviln":      errs.EvilN,
	"nilerr":     errs.NilErr,
	"nilptr":     errs.NilPtr,
	"plus":       xy.Crash,
	"tilde":      ab.Crash,
	"lazy":       func() { boot4.Lazy() },
	"lazy2":      func() { func() { defer func() { recover() }(); boot4.Lazy() }(); boot4.Lazy() },
	"oom": func() {
		var all [][]byte
		for {
			all = append(all, make([]byte, 256<<20))
			for i := range all[len(all)-1] {
				all[len(all)-1][i] = 1
			}
		}
	},
	"dead":     func() { var mu sync.Mutex; mu.Lock(); mu.Lock() },
	"deadchan": func() { chain.Call(func() int { return <-make(chan int) }) },
	"deadsel":  func() { select {} },
	"deadwg": func() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() { chain.Call(func() int { return <-make(chan int) }) }()
		wg.Wait()
	},
	"straddle": func() { b := make([]byte, 3); p := (*[64]int64)(unsafe.Pointer(&b[0])); fmt.Println(p[1]) },
	"arith": func() {
		p := uintptr(unsafe.Pointer(&os.Args))
		fmt.Println(*(*int)(unsafe.Pointer(p - uintptr(runtime.NumGoroutine())*1<<40)))
	},
	"fmt":      func() { fmt.Println(stringer{}); fmt.Fprintln(os.Stderr, stringer{}) },
	"fmtpanic": func() { panic(fmt.Sprint(stringer{})) },
	"panicval": func() { panic(stringer{}) },
	"embed":    func() { fmt.Println(holder{}.Get()) },
	"embedif":  func() { var g interface{ Get() int } = holder{}; fmt.Println(g.Get()) },
	"reflect":  func() { reflect.ValueOf(wild.Boom).Call([]reflect.Value{reflect.ValueOf(7)}) },
	"reflbad":  func() { reflect.ValueOf(wild.Boom).Call([]reflect.Value{reflect.ValueOf("x")}) },
	"makefunc": func() {
		f := reflect.MakeFunc(reflect.TypeOf(func() {}), func([]reflect.Value) []reflect.Value { wild.Boom(4); return nil })
		f.Interface().(func())()
	},
	"methval": func() { f := (&tree.Node{}).Walk; f(nil) },
	"sort":    func() { sort.Slice([]int{3, 2, 1}, func(i, j int) bool { wild.Boom(9); return false }) },
	"json":    func() { b, err := json.Marshal(marshaler{}); fmt.Println(b, err) },
	"template": func() {
		t := template.Must(template.New("t").Funcs(template.FuncMap{"f": func() int { return wild.Boom(1) }}).Parse("{{f}}"))
		fmt.Fprintln(os.Stderr, t.Execute(os.Stderr, nil))
	},
	"afterctx": func() {
		ctx, cancel := context.WithCancel(context.Background())
		context.AfterFunc(ctx, func() { wild.Boom(2) })
		cancel()
		time.Sleep(time.Second)
	},
	"labels": func() {
		pprof.Do(context.Background(), pprof.Labels("path", "GET /a b", "k", "v"), func(context.Context) { wild.Boom(2) })
	},
	"logpanic": func() { log.Panicf("cannot go on: %d", 7) },
	"logfatal": func() { log.Fatalf("panic: not one: %d", 7) },
	"stackerr": func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Fprintf(os.Stderr, "worker: recovered %v\n%s", r, debug.Stack())
			}
		}()
		wild.Boom(1)
	},
	"printstack": func() { debug.PrintStack() },
	"allstacks":  func() { buf := make([]byte, 1<<16); n := runtime.Stack(buf, true); os.Stderr.Write(buf[:n]) },
	"repr": func() {
		defer func() {
			r := recover()
			fmt.Fprintln(os.Stderr, "panic:", r)
			os.Exit(3)
		}()
		wild.Boom(1)
	},
	"child": func() {
		c := exec.Command(os.Args[0], "root")
		out, _ := c.CombinedOutput()
		for _, l := range strings.Split(string(out), "\n") {
			log.Printf("child| %s", l)
		}
		log.Print("parent goes on")
	},
	"childraw": func() {
		c := exec.Command(os.Args[0], "plus")
		c.Stderr = os.Stderr
		log.Print(c.Run())
	},
	"okchild": func() {
		c := exec.Command(os.Args[0], "noop")
		c.Stderr = os.Stderr
		log.Print(c.Run())
	},
	"noop":         func() {},
	"setpanic":     func() { debug.SetPanicOnFault(true); p := (*int)(unsafe.Pointer(uintptr(0xdead0000))); *p = 1 },
	"badaddr":      func() { p := (*int)(unsafe.Pointer(uintptr(0xdead0000))); *p = 1 },
	"slice2arr":    func() { s := make([]int, 2, 5); _ = [4]int(s[:len(os.Args)]) },
	"typeerr":      func() { var e error = chain.ErrA; _ = e.(fmt.Stringer) },
	"uncomparable": func() { m := map[any]int{}; m[[]int{1}] = 2 },
	"neglen":       func() { _ = make([]int, -len(os.Args)) },
	"shift":        func() { s := -len(os.Args); fmt.Println(1 << s) },
	"threads": func() {
		debug.SetMaxThreads(12)
		for i := 0; i < 50; i++ {
			go func() { runtime.LockOSThread(); select {} }()
		}
		time.Sleep(3 * time.Second)
	},
	"maxstack": func() { debug.SetMaxStack(1 << 20); (&tree.Node{}).Depth(0) },
	"unlockrw": func() { var mu sync.RWMutex; mu.RUnlock() },
	"wgneg":    func() { var wg sync.WaitGroup; wg.Done() },
	"wggo":     func() { var wg sync.WaitGroup; wg.Go(func() { wild.Boom(5) }); wg.Wait() },
	"pool":     func() { p := sync.Pool{New: func() any { wild.Boom(6); return 1 }}; p.Get() },
	"crashout": func() { f, _ := os.Create(os.Args[2]); debug.SetCrashOutput(f, debug.CrashOptions{}); wild.Boom(1) },
	"boot2":    func() { time.Sleep(time.Second) },
}

func main() {
	if f, ok := cases[os.Args[1]]; ok {
		f()
		return
	}
	names := []string{}
	for n := range cases {
		names = append(names, n)
	}
	sort.Strings(names)
	fmt.Println(strings.Join(names, "\n"))
}
