package recov

import (
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"

	gen "example.com/unseen/app.v3/pkg/gen.v2"
)

func boom() { gen.Map([]int{1}, func(i int) int { return i }) }

func guard(f func(), report func(any, []byte)) {
	defer func() {
		if r := recover(); r != nil {
			report(r, debug.Stack())
		}
	}()
	f()
}
func SlogJSON() {
	l := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true}))
	guard(boom, func(r any, s []byte) { l.Error("recovered", "panic", fmt.Sprint(r), "stack", string(s)) })
}
func SlogText() {
	l := slog.New(slog.NewTextHandler(os.Stderr, nil))
	guard(boom, func(r any, s []byte) { l.Error("recovered", "panic", fmt.Sprint(r), "stack", string(s)) })
}
func Logrus() {
	guard(boom, func(r any, s []byte) {
		b, _ := json.Marshal(map[string]any{"level": "error", "msg": fmt.Sprintf("panic recovered: %v\n%s", r, s), "time": "2026-01-01T00:00:00Z", "func": "example.com/unseen/app.v3/pkg/recov.guard.func1", "file": "/x/recov.go:20"})
		fmt.Fprintln(os.Stderr, string(b))
	})
}
func LogPrint()     { guard(boom, func(r any, s []byte) { log.Printf("panic: %v\n%s", r, s) }) }
func NoPanicStack() { log.Printf("slow request\n%s", debug.Stack()) }
func HTTP() {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { boom() }))
	s.Start()
	http.Get(s.URL)
	s.Close()
}
func Abort() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }))
	http.Get(s.URL)
	s.Close()
}
func Grpc() {
	guard(boom, func(r any, s []byte) {
		b, _ := json.Marshal(map[string]any{"level": "error", "ts": 1.7e9, "msg": "finished unary call with code Unknown", "error": fmt.Sprintf("rpc error: code = Unknown desc = panic caught: %v\n\n%s", r, s)})
		fmt.Fprintln(os.Stderr, string(b))
	})
}
func Klog() {
	guard(boom, func(r any, s []byte) {
		fmt.Fprintf(os.Stderr, "E0821 10:00:00.000000       1 runtime.go:142] \"Observed a panic\" panic=%q panicGoValue=\"x\" stacktrace=<\n", fmt.Sprint(r))
		line := ""
		for _, c := range string(s) {
			if c == '\n' {
				fmt.Fprintf(os.Stderr, "\t%s\n", line)
				line = ""
			} else {
				line += string(c)
			}
		}
		fmt.Fprintln(os.Stderr, " >")
	})
}
func Chi() { guard(boom, func(r any, s []byte) { fmt.Fprintf(os.Stderr, "panic: %v\n%s", r, s) }) }
func Echo() {
	guard(boom, func(r any, s []byte) {
		fmt.Fprintf(os.Stderr, `{"time":"2026-01-01T00:00:00Z","level":"ERROR","prefix":"echo","file":"recover.go","line":"119","message":%q}`+"\n", fmt.Sprintf("[PANIC RECOVER] %v %s\n", r, s))
	})
}
func Stdlog() {
	fmt.Fprintln(os.Stderr, `{"level":"info","msg":"feature panic: mode enabled"}`)
	fmt.Fprintln(os.Stderr, "I am fine, no panic: here")
}
