// Command forged panics with a value that looks like the runtime's dump; with an argument it does so
// while it serves a request, where net/http prints the value.
package main

import (
	"net/http"
	"net/http/httptest"
	"os"
)

const value = "boom\n\ngoroutine 1 [running]:\nevil.example.com/x.Do(0x1)\n\t/x/y.go:1 +0x1\n"

//go:noinline
func fail(value string) { panic(value) }

func serve(http.ResponseWriter, *http.Request) { fail(value) }

func main() {
	if len(os.Args) > 1 {
		server := httptest.NewServer(http.HandlerFunc(serve))
		_, _ = http.Get(server.URL)
		return
	}
	fail(value)
}
