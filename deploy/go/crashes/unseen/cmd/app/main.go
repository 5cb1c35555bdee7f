package main

import (
	"errors"
	"os"
	"os/exec"
	"sort"
	"sync"
	"time"

	"example.com/unseen/app.v3/internal/work"
	gen "example.com/unseen/app.v3/pkg/gen.v2"
	"example.com/unseen/app.v3/pkg/lock"
	"example.com/unseen/app.v3/pkg/recov"
	_ "example.com/unseen/app.v3/pkg/slow"
)

type s struct{}

func (s) Less(i, j int) bool { var p *work.Job; p.Run(); return false }

func main() {
	switch os.Args[1] {
	case "method":
		(&work.Job{}).Run()
	case "inline":
		work.Inline([]int{1, 2})
	case "wrapped":
		work.Wrapped()
	case "reother":
		work.RePanicOther()
	case "resame":
		work.RePanicSame()
	case "defer":
		work.DeferPanics()
	case "multi":
		work.Multi()
	case "maprace":
		work.MapRace()
	case "deadlock":
		work.Deadlock()
	case "overflow":
		work.Overflow("x")
	case "oom":
		work.OOM()
	case "goroutine":
		work.Goroutine()
	case "rangefunc":
		work.RangeFunc()
	case "conv":
		work.Conv(5)
	case "makes":
		work.Makes(-len(os.Args))
	case "shift":
		work.Shift(-len(os.Args))
	case "goexit":
		work.MustExit()
	case "tree":
		(&gen.Tree[string, int]{}).Put("a", 1)
	case "map":
		gen.Map([]work.Job{{}}, func(j work.Job) int { return 1 })
	case "must":
		gen.Must(1, errors.New("must not"))
	case "mainclosure":
		func() { defer func() {}(); panic("in main closure") }()
	case "sort":
		sort.Slice([]int{1, 2}, func(i, j int) bool { (&work.Job{}).Run(); return false })
	case "wggo":
		var wg sync.WaitGroup
		wg.Go(func() { work.Wrapped() })
		wg.Wait()
	case "timer":
		time.AfterFunc(time.Millisecond, func() { work.Wrapped() })
		time.Sleep(time.Second)
	case "unlock":
		lock.Unlock()
	case "runlock":
		lock.RUnlock()
	case "wg":
		lock.Wg()
	case "once":
		lock.Once()
	case "slog":
		recov.SlogJSON()
	case "slogtext":
		recov.SlogText()
	case "logrus":
		recov.Logrus()
	case "logprint":
		recov.LogPrint()
	case "nopanic":
		recov.NoPanicStack()
	case "http":
		recov.HTTP()
	case "abort":
		recov.Abort()
	case "grpc":
		recov.Grpc()
	case "klog":
		recov.Klog()
	case "chi":
		recov.Chi()
	case "echo":
		recov.Echo()
	case "stdlog":
		recov.Stdlog()
	case "exit":
	case "child":
		c := exec.Command(os.Args[0], "exit")
		c.Stderr = os.Stderr
		c.Run()
	}
}
