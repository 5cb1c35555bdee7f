package main

import (
	"fmt"
	"os"
	"sync"

	"github.com/sourcegraph/conc/panics"
	"github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"
)

func init() {
	add(map[string]func(){
		"errgroup": func() {
			var g errgroup.Group
			g.Go(func() error { post(); return nil })
			fmt.Fprintln(os.Stderr, g.Wait())
		},
		"singleflight": func() {
			var g singleflight.Group
			g.Do("desk", func() (any, error) { sum(); return nil, nil })
		},
		"concpool": func() {
			p := pool.New()
			p.Go(post)
			p.Wait()
		},
		"conctry": func() { fmt.Fprintln(os.Stderr, "failed:", panics.Try(sum).AsError()) },
		"waitgroup": func() {
			var g sync.WaitGroup
			g.Go(post)
			g.Wait()
		},
		"oncevalue": func() {
			once := sync.OnceValue(func() int { sum(); return 1 })
			func() { defer func() { _ = recover() }(); once() }()
			once()
		},
	})
}
