package badinit

import "os"

func init() { if os.Getenv("BAD") == "1" { panic("bad init") } }

var X = must()

func must() int { if os.Getenv("BAD") == "2" { panic("must") }; return 1 }
