package main

import (
	"fmt"
	"os"

	"racy.example.com/app/jobs"
)

func main() {
	switch os.Args[1] {
	case "race":
		(&jobs.Counter{}).Run()
	case "straddle":
		fmt.Println(jobs.Straddle(make([]byte, 9)))
	case "arith":
		fmt.Println(jobs.Arith(make([]byte, 9)))
	}
}
