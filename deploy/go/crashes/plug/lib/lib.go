package lib

import (
	"os"
	"time"
)

func init() {
	time.Sleep(11 * time.Millisecond)
	if os.Getenv("PLUG") == "lib" {
		panic("lib init of plugin")
	}
}

func Run(m map[string]int) { m["a"] = 1 }
