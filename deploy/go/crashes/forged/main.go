// Command forged panics with a value that looks like the runtime's dump.
package main

//go:noinline
func fail(value string) { panic(value) }

func main() {
	fail("boom\n\ngoroutine 1 [running]:\nevil.example.com/x.Do(0x1)\n\t/x/y.go:1 +0x1\n")
}
