// Command desk lets each framework and logger say what it says of a panic: the argument is the case.
package main

import (
	"fmt"
	"os"
	"sort"

	"fw.example.org/desk/v3/internal/ledger"
)

var cases = map[string]func(){}

func add(more map[string]func()) {
	for name, run := range more {
		cases[name] = run
	}
}

func post() { new(ledger.Book).Post("rent") }

func sum() { new(ledger.Book).Sum(-7) }

func main() {
	if len(os.Args) > 1 {
		cases[os.Args[1]]()
		return
	}
	names := make([]string, 0, len(cases))
	for name := range cases {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(name)
	}
}
