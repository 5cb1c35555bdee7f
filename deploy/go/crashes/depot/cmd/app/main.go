package main

import (
	"fmt"
	"log"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"example.net/acme/depot/ledger"
	"example.net/acme/depot/store"
	"example.net/acme/depot/v2/codec"
)

type labelled struct{ fmt.Stringer }

func main() {
	switch os.Args[1] {
	case "joined": // an error of several lines with a forged stack
		store.Check(store.Broken(3))
	case "guarded": // a recovered panic as an error in a line of the standard logger
		if err := ledger.Guard(func() { codec.Decode([]byte{1, 2}) }); err != nil {
			log.Printf("request failed: %v", err)
		}
	case "sloggroup": // value and stack in a group of attributes
		logger := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true}))
		defer func() {
			if r := recover(); r != nil {
				logger.Error("boom", slog.Group("crash",
					"value", fmt.Sprint(r), "where", string(debug.Stack())))
			}
		}()
		store.At([]store.Row{{1, "a"}}, 1)
	case "nilptr": // the compiler's wrapper panics for a nil pointer of the caller's
		var l labelled
		l.Stringer = (*store.Row)(nil)
		_ = l.String()
	case "dying": // a deferred call panics as well; the goroutine runs through another package
		ch := make(chan int)
		close(ch)
		go ledger.Apply(func() {
			defer close(ch)
			panic(struct{ A, B int }{1, 2})
		})
		time.Sleep(time.Second)
	}
}
