package main

import (
	"os"
	"plug.example.com/host.v2/lib"
)

func init() {
	if os.Getenv("PLUG") == "init" {
		panic("plugin init")
	}
}

func Serve() { func() { lib.Run(nil) }() }
func Own()   { var p *int; *p = 1 }
