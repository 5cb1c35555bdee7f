package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"sync"

	"example.com/shop/billing"
	"example.com/shop/mw"
)

type app struct{}

func (app) Handler() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { panic("value receiver") }
}

func own() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { panic("own closure") }
}

func serve(h http.Handler) {
	s := httptest.NewServer(h)
	http.Get(s.URL)
	s.Close()
}

func run(c string) {
	switch c {
	case "run":
		serve(billing.Handler(nil))
	}
}

func main() {
	c := os.Args[1]
	switch c {
	case "handler":
		serve(billing.Handler(nil))
	case "outer":
		serve(billing.Outer(nil))
	case "routes":
		serve((&billing.Svc{}).Routes())
	case "mw":
		serve(mw.Logging(billing.Handler(nil)))
	case "value":
		serve(app{}.Handler())
	case "own":
		serve(own())
	case "direct":
		billing.Handler(nil)(nil, nil)
	case "go":
		go billing.Go(nil)()
		select {}
	case "gofunc":
		f := billing.Go(nil)
		go func() { f() }()
		select {}
	case "wg":
		var wg sync.WaitGroup
		wg.Go(billing.Go(nil))
		wg.Wait()
	case "each":
		for x := range billing.Each([]int{1}) {
			_ = x
		}
	case "loop":
		for i := range 2 {
			defer func() { billing.Go(nil)(); _ = i }()
		}
	}
	run(c)
}
